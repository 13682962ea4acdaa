package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.endpoint.CircuitBreaker;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The connection pool for one purpose on one server, with its circuit breaker. Lookups and writes have a bulkhead each and
 * share only the address: neither a crowd of lookups nor their breaker delays a write. Thread-safe.
 */
final class Bulkhead implements AutoCloseable {

    /**
     * Maximum connections for writes. One would suffice; the second carries large results, so that announcements need not wait.
     */
    static final int MOST_OF_WRITES = 2;

    /** Maximum number of lookups per batch, and of KiB of values: more would be late. */
    static final int BATCH = 64;

    /** Maximum number of writes per batch: higher, because writes have more time and a transaction has many keys. */
    static final int BATCH_OF_WRITES = 512;

    /** Pause before a write is retried. */
    static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    // A write waits for its whole time before it fails, so one failure is enough.
    private static final CircuitBreakerSettings OF_WRITES = new CircuitBreakerSettings(1, Duration.ofMillis(100));

    private final boolean isOfWrites;
    private final ConnectionPool pool;
    private final CircuitBreaker breaker;
    private final Set<Bulkhead> leftAlone;
    private volatile long answeredAt = System.nanoTime();
    private volatile boolean isPatient =
            true; // whether a write has succeeded since the server was found not to accept any
    private volatile boolean closed;

    /**
     * Creates a bulkhead with a closed circuit breaker.
     *
     * @param ofLookups when the circuit breaker of lookups opens
     * @param leftAlone contains the bulkhead while its circuit breaker is open
     */
    Bulkhead(Purpose purpose, ConnectionPool pool, CircuitBreakerSettings ofLookups, Set<Bulkhead> leftAlone) {
        this.isOfWrites = purpose == Purpose.WRITE;
        this.pool = pool;
        this.breaker = new CircuitBreaker(isOfWrites ? OF_WRITES : ofLookups, System::nanoTime);
        this.leftAlone = leftAlone;
    }

    ConnectionPool pool() {
        return pool;
    }

    /** Returns the circuit breaker, which also limits how many callers return at a time. */
    CircuitBreaker breaker() {
        return breaker;
    }

    /** Records a successful call. */
    void succeeded() {
        breaker.answered();
        if (isOfWrites) {
            answeredAt = System.nanoTime();
            isPatient = true;
        }
    }

    /**
     * Whether a failed request is retried. A write is, until its time is over or writes are known to fail. A lookup is not,
     * because it can use the repository.
     */
    boolean triesAgain(StoreException failure, long deadline) {
        Reason reason = failure.reason();
        boolean mayPass = reason.isTrouble() || reason == Reason.CROWDED;
        boolean isInTime = deadline - System.nanoTime() > PAUSE;
        return isOfWrites && mayPass && isInTime && isPatient && !breaker.isOpen() && !closed;
    }

    /** Records the final failure of a call that began at {@code since}. */
    void failed(StoreException failure, long since) {
        if (!failure.reason().isTrouble()) {
            if (failure.reason().isAboutTheStore()) {
                breaker.answered();
            }
            return;
        }
        // If another write succeeded meanwhile, the server does accept writes.
        boolean tellsNothing = isOfWrites && answeredAt - since > 0;
        if (!tellsNothing && breaker.failed(since)) {
            isPatient = false;
            leftAlone.add(this);
            if (closed) { // callers that still wait when a server is removed fail, too, and no probe would ever remove
                // this
                leftAlone.remove(this);
            }
            pool.giveUp(failure);
        }
    }

    /** Closes the circuit breaker, because the server answers again. */
    void revived() {
        leftAlone.remove(this); // before it may be added again
        breaker.close();
    }

    @Override
    public void close() {
        closed = true;
        pool.close();
        leftAlone.remove(this);
    }
}
