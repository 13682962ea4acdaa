package io.cachedconnection.internal.common;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Permits an action at most once per interval. Thread-safe: of several concurrent callers, one is permitted. */
public final class Throttle {

    private final long interval;
    private final LongSupplier nanoTime;
    private final AtomicLong next;

    /** Creates a throttle that permits the first call. */
    public Throttle(Duration interval, LongSupplier nanoTime) {
        this.interval = interval.toNanos();
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** Whether the action is permitted now. If so, it is not permitted again until the interval has passed. */
    public boolean permits() {
        long now = nanoTime.getAsLong();
        long expected = next.get();
        return now - expected >= 0 && next.compareAndSet(expected, now + interval);
    }
}
