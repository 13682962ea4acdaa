package io.cachedconnection.internal.endpoint;

import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A circuit breaker: whether a server is left alone because it does not answer. Closed, it counts the failures in a row, and opens with the
 * last one that it bears. Open, it stays so until a probe was answered: no other call asks the server meanwhile. After that,
 * callers come back a few at a time, one more with each answer: a server that has just begun to answer is not met by all of
 * them at once. Thread-safe, without locks.
 */
public final class CircuitBreaker {

    private static final int A_FEW = 2;
    private static final int ALL = 256; // who has as many answers is met by the others, too

    private final CircuitBreakerSettings settings;
    private final LongSupplier nanoTime;
    private final AtomicInteger failures = new AtomicInteger(); // in a row
    private final AtomicLong lastFailure; // of those
    private final AtomicLong probeAt = new AtomicLong(); // only while open
    private final AtomicInteger most = new AtomicInteger(ALL); // at a time, of those who come back
    private final AtomicInteger underWay = new AtomicInteger(); // of those
    private volatile boolean open; // read before every call, so nothing but this

    /** A closed breaker. */
    public CircuitBreaker(CircuitBreakerSettings settings, LongSupplier nanoTime) {
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
        if (isRecovering()) {
            most.incrementAndGet();
        }
    }

    /** Whether callers come back a few at a time: then each is to {@link #enter}. Costs next to nothing. */
    public boolean isRecovering() {
        return most.get() < ALL;
    }

    /** Whether one more may ask the server now; then it is to {@link #leave}. */
    public boolean enter() {
        if (underWay.incrementAndGet() <= most.get()) {
            return true;
        }
        underWay.decrementAndGet();
        return false;
    }

    /** One that has entered has its answer, or its failure. */
    public void leave() {
        underWay.decrementAndGet();
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
        if (isRecovering()) {
            most.set(A_FEW);
        }
        if (failures.incrementAndGet() != settings.failures()) {
            return false;
        }
        probeAt.set(later());
        open = true;
        return true;
    }

    /** Whether the caller is to probe the server now: one caller at a time, once in a while. */
    public boolean isProbeDue() {
        long due = probeAt.get();
        return open && nanoTime.getAsLong() - due >= 0 && probeAt.compareAndSet(due, later());
    }

    /** The probe was answered. */
    public void close() {
        most.set(A_FEW);
        open = false; // before the next, so that failures of this moment are not forgotten while it looks open
        failures.set(0);
    }

    private long later() {
        return nanoTime.getAsLong() + settings.openFor().toNanos();
    }
}
