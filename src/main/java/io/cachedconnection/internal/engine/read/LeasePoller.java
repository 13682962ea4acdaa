package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How a node waits while another one has the lease: it asks again and again until the value is there, the lease is free or it
 * has waited long enough. Where it knows how long loads of the cache take, it asks seldom before and often around the moment
 * at which the value is due; otherwise, and when that has passed, at growing intervals. Outside of transactions one thread of
 * a node waits for a key, by the single flight. Thread-safe.
 */
public final class LeasePoller {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MEMORY = 4; // loads; a new one counts for a quarter

    private final Map<KeySpace, Long> usual = new ConcurrentHashMap<>(); // how long a load takes, lately
    private final Duration leaseWait;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;

    public LeasePoller(Duration leaseWait, LongSupplier nanoTime, Sleeper sleeper) {
        this.leaseWait = leaseWait;
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
    }

    /** A load of this node took so long from its lease to its fill; loads of other nodes will, too. */
    void took(EntryKey key, long nanos) {
        usual.merge(key.space(), nanos, (before, now) -> before + (now - before) / MEMORY);
    }

    /** The first result that is not "busy", or the last one when the wait is over. */
    LeaseResult whileBusy(EntryKey key, Supplier<LeaseResult> ask) {
        long start = nanoTime.getAsLong();
        long due = usual.getOrDefault(key.space(), 0L);
        long length = FIRST_PAUSE;
        LeaseResult lease = ask.get();
        while (lease.verdict() == Verdict.BUSY) {
            long waited = nanoTime.getAsLong() - start;
            boolean isEarly = waited < due;
            long pause = isEarly ? Math.max(FIRST_PAUSE, Math.min(due - waited, LONGEST_PAUSE)) : length;
            if (waited >= leaseWait.toNanos() || !SafeCalls.or(false, () -> sleeper.nanos(pause))) {
                return lease;
            }
            length = isEarly ? length : Math.min(length + length / 2, LONGEST_PAUSE);
            lease = ask.get();
        }
        return lease;
    }
}
