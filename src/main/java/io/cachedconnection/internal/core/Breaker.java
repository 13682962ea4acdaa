package io.cachedconnection.internal.core;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether a server is left alone because it does not answer. Closed, it counts the failures in a row, and opens with the
 * last one that it bears. Open, it stays so until a probe was answered: nobody else asks the server meanwhile. Thread-safe,
 * without locks.
 */
public final class Breaker {

    private final BreakerSettings settings;
    private final LongSupplier nanoTime;
    private final AtomicInteger failures = new AtomicInteger(); // in a row
    private final AtomicLong lastFailure; // of those
    private final AtomicLong probeAt = new AtomicLong(); // only while open
    private volatile boolean open; // read before every call, so nothing but this

    /** A closed breaker. */
    public Breaker(BreakerSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.lastFailure = new AtomicLong(nanoTime.getAsLong());
    }

    /** Whether the server is left alone. Costs next to nothing. */
    public boolean isOpen() {
        return open;
    }

    /** The server has answered. Changes nothing while open: that answer is to a question from before. */
    public void answered() {
        if (failures.get() > 0 && !open) { // nothing is written as long as all goes well
            failures.set(0);
        }
    }

    /**
     * The server has not answered, or that it cannot now; true if that opened the breaker. A call that began, at {@code since},
     * before another one failed has met with the same stall, and adds nothing: so a crowd counts as one caller does.
     */
    public boolean failed(long since) {
        long last = lastFailure.get();
        if ((failures.get() > 0 && since - last < 0) || !lastFailure.compareAndSet(last, nanoTime.getAsLong())) {
            return false;
        }
        return failures.incrementAndGet() == settings.failures() && opened();
    }

    private boolean opened() {
        probeAt.set(later());
        open = true;
        return true;
    }

    /** Whether the server is to be asked now how it is, by whoever is told so: one at a time, once in a while. */
    public boolean isProbeDue() {
        long due = probeAt.get();
        return open && nanoTime.getAsLong() - due >= 0 && probeAt.compareAndSet(due, later());
    }

    /** The probe was answered. */
    public void close() {
        open = false; // first, so that failures of this moment are not forgotten while it looks open
        failures.set(0);
    }

    private long later() {
        return nanoTime.getAsLong() + settings.openFor().toNanos();
    }
}
