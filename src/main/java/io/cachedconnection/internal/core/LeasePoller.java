package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.LeaseResult.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How a node claims a lease, and waits while another one has it: it asks again and again until the value is there, the lease
 * is free or it has waited long enough. Where it knows how long loads of the cache take, it asks seldom before and often
 * around the moment at which the value is due; otherwise, and when that has passed, at growing intervals. Outside transactions
 * one thread of a node waits for a key; the sharing of loads sees to that. Thread-safe.
 */
final class LeasePoller {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MEMORY = 4; // loads; a new one counts for a quarter

    private final Map<KeySpace, Long> usual = new ConcurrentHashMap<>(); // how long a load takes, lately
    private final Duration budget;
    private final Duration lease;
    private final long waitNanos;
    private final Supplier<String> tokens;
    private final LongSupplier nanoTime;
    private final Backoff backoff;

    LeasePoller(Protocol protocol, Ports ports) {
        this.budget = protocol.budget();
        this.lease = protocol.leaseTimeout();
        this.waitNanos = protocol.leaseWait().toNanos();
        this.tokens = ports.tokens();
        this.nanoTime = ports.nanoTime();
        this.backoff = ports.pause();
    }

    /** A name for a load. */
    String token() {
        return tokens.get();
    }

    /** How long asking may take. */
    Duration budget() {
        return budget;
    }

    /** How long a load may take. */
    Duration lease() {
        return lease;
    }

    /** A load of this node took so long from its lease to its fill; those of others will, too. */
    void took(EntryKey key, long nanos) {
        usual.merge(key.space(), nanos, (before, now) -> before + (now - before) / MEMORY);
    }

    /** The first grant that is not "busy", or the last one when the wait is over. */
    LeaseResult whileBusy(EntryKey key, Supplier<LeaseResult> ask) {
        long start = nanoTime.getAsLong();
        long due = usual.getOrDefault(key.space(), 0L);
        long length = FIRST_PAUSE;
        LeaseResult grant = ask.get();
        while (grant.verdict() == Verdict.BUSY) {
            long waited = nanoTime.getAsLong() - start;
            boolean isEarly = waited < due;
            long backoff = isEarly ? Math.max(FIRST_PAUSE, Math.min(due - waited, LONGEST_PAUSE)) : length;
            if (waited >= waitNanos || !SafeCalls.or(false, () -> this.backoff.nanos(backoff))) {
                return grant;
            }
            length = isEarly ? length : Math.min(length + length / 2, LONGEST_PAUSE);
            grant = ask.get();
        }
        return grant;
    }
}
