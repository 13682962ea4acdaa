package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.common.Histogram;
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
 * Waits while another node has the lease: polls until the value is present, the lease is free or the wait is over. If it knows
 * how long loads of the cache take, it polls rarely at first and often around the expected moment; otherwise, and after that
 * moment, at growing intervals. Outside of transactions one thread of a node waits per key, because of single flight.
 * Thread-safe.
 */
public final class LeasePoller {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MEMORY = 4; // loads; a new one has a weight of a quarter

    private final Map<KeySpace, Long> usual = new ConcurrentHashMap<>(); // the recent duration of loads
    private final Duration leaseWait;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;

    public LeasePoller(Duration leaseWait, LongSupplier nanoTime, Sleeper sleeper) {
        this.leaseWait = leaseWait;
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
    }

    /** Records the time from lease to fill of a load of this node, as an estimate for other nodes. */
    void took(EntryKey key, long nanos) {
        usual.merge(key.space(), nanos, (before, now) -> before + (now - before) / MEMORY);
    }

    /**
     * Returns the first result that is not "busy", or the last one when the wait is over. Records the wait in {@code waits}.
     */
    LeaseResult whileBusy(EntryKey key, Histogram waits, Supplier<LeaseResult> ask) {
        long start = nanoTime.getAsLong();
        long due = usual.getOrDefault(key.space(), 0L);
        long length = FIRST_PAUSE;
        LeaseResult lease = ask.get();
        if (lease.verdict() != Verdict.BUSY) {
            return lease;
        }
        while (lease.verdict() == Verdict.BUSY) {
            long waited = nanoTime.getAsLong() - start;
            boolean isEarly = waited < due;
            long pause = isEarly ? Math.max(FIRST_PAUSE, Math.min(due - waited, LONGEST_PAUSE)) : length;
            if (waited >= leaseWait.toNanos() || !SafeCalls.or(false, () -> sleeper.nanos(pause))) {
                break;
            }
            length = isEarly ? length : Math.min(length + length / 2, LONGEST_PAUSE);
            lease = ask.get();
        }
        waits.record(nanoTime.getAsLong() - start);
        return lease;
    }
}
