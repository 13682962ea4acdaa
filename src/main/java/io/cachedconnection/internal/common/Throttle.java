package io.cachedconnection.internal.common;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets something happen at most once per interval. Thread-safe: of many who ask at once, one is let through. */
public final class Throttle {

    private final long interval;
    private final LongSupplier nanoTime;
    private final AtomicLong next;

    /** A throttle that is open at first. */
    public Throttle(Duration interval, LongSupplier nanoTime) {
        this.interval = interval.toNanos();
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** Whether it may happen now; if so, it may not again until the interval has passed. */
    public boolean permits() {
        long now = nanoTime.getAsLong();
        long expected = next.get();
        return now - expected >= 0 && next.compareAndSet(expected, now + interval);
    }
}
