package io.cachedconnection.internal.core;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Leases that a step left behind which the store did not answer: it may have given a lease that was asked for, or give it
 * late, and where a fill or a release failed the lease lives on. Then all callers would wait for a load that is not running.
 * So these leases are given back when the store answers again. Bounded, for they run out by themselves, too. Thread-safe.
 */
final class OrphanedLeases {

    private static final int MOST = 10_000;

    private final Queue<Lease> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** A lease that may be ours. */
    record Lease(EntryKey key, String token) {}

    void add(EntryKey key, String token) {
        if (size.get() < MOST) {
            size.incrementAndGet();
            asked.add(new Lease(key, token));
        }
    }

    boolean areThere() {
        return size.get() > 0;
    }

    /** Gives back all that were added until now, but those for which that fails. */
    void giveBack(Giving giving) {
        for (int left = size.get(); left > 0; left--) {
            Lease lease = asked.poll();
            if (lease == null) {
                return;
            }
            if (giving.back(lease)) {
                size.decrementAndGet();
            } else {
                asked.add(lease);
            }
        }
    }

    /** Gives back one lease; false if it has to be tried again. */
    @FunctionalInterface
    interface Giving {
        boolean back(Lease lease);
    }
}
