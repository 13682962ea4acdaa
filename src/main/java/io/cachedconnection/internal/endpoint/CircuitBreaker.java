package io.cachedconnection.internal.endpoint;

import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker for one server. Closed, it counts consecutive failures and opens at the limit. Open, no call asks the
 * server until a probe succeeds. Then callers return gradually, one more at a time with each reply, so that a recovering server
 * does not meet all callers at once. Thread-safe and lock-free.
 */
public final class CircuitBreaker {

    private static final int A_FEW = 2;
    private static final int ALL = 256; // replies after which the number of callers is unlimited

    private final CircuitBreakerSettings settings;
    private final LongSupplier nanoTime;
    private final AtomicInteger failures = new AtomicInteger(); // consecutive failures
    private final AtomicLong lastFailure; // time of the last failure
    private final AtomicLong probeAt = new AtomicLong(); // valid only while open
    private final AtomicInteger most = new AtomicInteger(ALL); // limit of concurrent callers during recovery
    private final AtomicInteger underWay = new AtomicInteger(); // concurrent callers during recovery
    private final AtomicLong openings = new AtomicLong();
    private volatile long openedAt; // valid only while open
    private volatile boolean open; // the only field that every call reads

    /** Creates a closed breaker. */
    public CircuitBreaker(CircuitBreakerSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.lastFailure = new AtomicLong(nanoTime.getAsLong());
    }

    /** Tells whether the breaker is open. Costs one volatile read. */
    public boolean isOpen() {
        return open;
    }

    /** Returns how long the breaker has been open; null if it is closed. */
    public @Nullable Duration openFor() {
        long since = openedAt; // read before the flag that validates it
        return open ? Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - since)) : null;
    }

    /** Returns how often the breaker has opened. */
    public long openings() {
        return openings.get();
    }

    /** Records a reply of the server. Has no effect while open, because the reply is to an earlier call. */
    public void answered() {
        if (failures.get() > 0 && !open) { // no write while all goes well
            failures.set(0);
        }
        if (isRecovering()) {
            most.incrementAndGet();
        }
    }

    /** Tells whether callers return gradually; then each must {@link #enter}. Costs one volatile read. */
    public boolean isRecovering() {
        return most.get() < ALL;
    }

    /** Admits one more caller; returns false if none may enter. An admitted caller must {@link #leave}. */
    public boolean enter() {
        if (underWay.incrementAndGet() <= most.get()) {
            return true;
        }
        underWay.decrementAndGet();
        return false;
    }

    /** Records that an admitted caller has its reply or its failure. */
    public void leave() {
        underWay.decrementAndGet();
    }

    /**
     * Records that the server did not answer, or refused for now. Returns true if that opened the breaker. A call that began,
     * at {@code since}, before the last counted failure met the same stall and does not count, so a crowd counts as one caller.
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
        openedAt = nanoTime.getAsLong();
        openings.incrementAndGet();
        open = true;
        return true;
    }

    /** Tells whether the caller must probe the server now. Elects one caller per interval. */
    public boolean isProbeDue() {
        long due = probeAt.get();
        return open && nanoTime.getAsLong() - due >= 0 && probeAt.compareAndSet(due, later());
    }

    /** Closes the breaker after a successful probe. */
    public void close() {
        most.set(A_FEW);
        open = false; // cleared before the counters, so that failures are not reset while it looks open
        failures.set(0);
    }

    private long later() {
        return nanoTime.getAsLong() + settings.openFor().toNanos();
    }
}
