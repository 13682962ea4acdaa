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
 * The connections to one server that serve one purpose, and their circuit breaker. Lookups and writes have a bulkhead each
 * and share nothing but the address: neither a crowd of lookups nor their breaker holds up a write. Thread-safe.
 */
final class Bulkhead implements AutoCloseable {

    /** Of writes. One would do; the other one is for a large result that is put, so that the announcements need not wait. */
    static final int MOST_OF_WRITES = 2;

    /** So many lookups go together, and as many KiB of values: more would be late. */
    static final int BATCH = 64;

    /** Of writes more, for they have more time, and a transaction has many keys. */
    static final int BATCH_OF_WRITES = 512;

    /** How long a write rests before it is tried again. */
    static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    // A write waits for its whole time before it fails, so one failure says enough.
    private static final CircuitBreakerSettings OF_WRITES = new CircuitBreakerSettings(1, Duration.ofMillis(100));

    private final boolean isOfWrites;
    private final ConnectionPool pool;
    private final CircuitBreaker breaker;
    private final Set<Bulkhead> leftAlone;
    private volatile long answeredAt = System.nanoTime();
    private volatile boolean isPatient = true; // a write has succeeded since the server was found not to take any
    private volatile boolean closed;

    /**
     * A bulkhead whose server is worth asking.
     *
     * @param ofLookups when lookups leave the server alone
     * @param leftAlone holds the bulkhead while its server is left alone
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

    /** Whether the server is left alone, and how many callers come back at a time. */
    CircuitBreaker breaker() {
        return breaker;
    }

    /** A call has succeeded. */
    void succeeded() {
        breaker.answered();
        if (isOfWrites) {
            answeredAt = System.nanoTime();
            isPatient = true;
        }
    }

    /**
     * Whether what has failed is tried again: a write is, until its time is over or writes are known to fail. Lookups have the
     * repository to go to.
     */
    boolean triesAgain(StoreException failure, long deadline) {
        Reason reason = failure.reason();
        boolean mayPass = reason.isTrouble() || reason == Reason.CROWDED;
        boolean isInTime = deadline - System.nanoTime() > PAUSE;
        return isOfWrites && mayPass && isInTime && isPatient && !breaker.isOpen() && !closed;
    }

    /** A call has failed for good that began at {@code since}. */
    void failed(StoreException failure, long since) {
        if (!failure.reason().isTrouble()) {
            if (failure.reason().isAboutTheStore()) {
                breaker.answered();
            }
            return;
        }
        // If another write succeeded meanwhile, it is not the server that takes none.
        boolean tellsNothing = isOfWrites && answeredAt - since > 0;
        if (!tellsNothing && breaker.failed(since)) {
            isPatient = false;
            leftAlone.add(this);
            if (closed) { // callers that still wait when a server goes fail, too, and nothing would ever revive it
                leftAlone.remove(this);
            }
            pool.giveUp(failure);
        }
    }

    /** The server answers again. */
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
