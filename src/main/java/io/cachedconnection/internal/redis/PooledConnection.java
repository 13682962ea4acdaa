package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.redis.TimeoutAttribution.GracePeriod;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection to Redis, which is cut when its batch is overdue. A read timeout is not enough: it restarts with every byte,
 * so a peer that sends single bytes could hold a caller forever. Used by one caller at a time; only {@link #cutIfOverdue} comes
 * from another thread.
 */
final class PooledConnection {

    /** The deadline while no batch is under way. */
    static final long IDLE = Long.MAX_VALUE;

    private static final long CUT = Long.MIN_VALUE;
    private static final long CUT_HELD_UP = CUT + 1; // no deadline either

    private final JedisConnection jedis;
    private final WatchedSocket socket;
    private final ServerIdentity identity;
    private final AtomicLong deadline = new AtomicLong(IDLE);
    private volatile boolean isDistrusted;
    private long handedAt = System.nanoTime(); // guarded by the lock of the pool
    private long overdue; // the deadline of the overdue batch; used by the clock, like the next field
    private GracePeriod gracePeriod = new GracePeriod(IDLE);

    PooledConnection(JedisConnection jedis, WatchedSocket socket, ServerIdentity identity) {
        this.jedis = jedis;
        this.socket = socket;
        this.identity = identity;
    }

    /** Removes the socket timeout, so that only the deadline cuts it, for batches longer than a lookup. */
    PooledConnection patient() {
        jedis.setSoTimeout(0);
        return this;
    }

    /** Returns the Redis to which it led when it was made. */
    ServerIdentity identity() {
        return identity;
    }

    /**
     * Begins a batch, which must be over at {@code until}, a time of {@link System#nanoTime}. {@link #exchange} ends it.
     */
    void begin(long until) {
        deadline.set(until);
    }

    /**
     * Sends the commands of {@code batch} in one write, and reads all replies. When it returns, the exchanges have theirs;
     * parts that do not suit this Redis were not sent.
     *
     * @throws StoreException if replies or the mark after them are missing: then no reply counts
     */
    void exchange(List<Exchange> batch) {
        long until = deadline.get();
        boolean whole = false;
        try {
            boolean allRefused = true;
            List<Exchange> sent = new ArrayList<>(batch.size());
            for (Exchange exchange : batch) {
                if (exchange.send(jedis, identity)) {
                    sent.add(exchange);
                }
            }
            if (!sent.isEmpty()) {
                jedis.sendMarked();
                for (Exchange exchange : sent) {
                    allRefused &= exchange.receive(jedis);
                }
                jedis.expectMark(allRefused);
            }
            whole = true;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            // A peer that is not Redis can announce any depth and length, so errors are caught, too.
            throw meaning(failure);
        } finally {
            if (!whole) {
                distrust(); // the rest of the replies would answer the next command
            }
            // Not idle again if it was cut at the same moment: it then stays cut and is never used again.
            deadline.compareAndSet(until, IDLE);
        }
    }

    private StoreException meaning(Throwable failure) {
        long until = deadline.get();
        if (until == CUT) {
            return TimeoutAttribution.noAnswer();
        }
        if (until == CUT_HELD_UP) {
            return new StoreException(Reason.CROWDED, "this application did not come to read the answer in time");
        }
        if (Thread.currentThread().isInterrupted()
                && !isOpen()) { // an interrupt closes the socket of a virtual thread, and a Unix socket
            return new StoreException(Reason.INTERRUPTED, "interrupted");
        }
        return RedisErrors.of(failure);
    }

    /** Cuts it if its batch is overdue and this process is not to blame. Returns when to check again. */
    long cutIfOverdue(long now) {
        long until = deadline.get();
        if (!isUnderWay(until)) {
            return IDLE;
        }
        if (now - until < 0) {
            return until;
        }
        if (until != overdue) {
            overdue = until;
            gracePeriod = new GracePeriod(until);
        }
        boolean heldUp = isHeldUp(now);
        if (gracePeriod.goesOn(now, heldUp)) {
            return now + GracePeriod.PAUSE;
        }
        if (deadline.compareAndSet(until, heldUp ? CUT_HELD_UP : CUT)) {
            close();
        }
        return IDLE;
    }

    /** Whether a batch is under way and this process is to send, or to read data that has arrived. */
    boolean isHeldUp(long now) {
        return deadline.get() != IDLE && socket.silence(now) == 0;
    }

    /** Returns how long Redis has been silent after a request. */
    long silence(long now) {
        return socket.silence(now);
    }

    /** Returns the earlier of two deadlines, each of which may be {@link #IDLE}. */
    static long earlier(long one, long other) {
        return one == IDLE || (other != IDLE && other - one < 0) ? other : one;
    }

    /** Prevents further requests on it; the current batch goes on. */
    void distrust() {
        isDistrusted = true;
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    boolean isUsable() {
        return deadline.get() == IDLE && !isDistrusted;
    }

    /** Whether it is in use and not cut. */
    boolean isUnderWay() {
        return isUnderWay(deadline.get());
    }

    private static boolean isUnderWay(long until) {
        return until != IDLE && until != CUT && until != CUT_HELD_UP;
    }

    /** Records that a caller gets it, or that it becomes idle, at {@code now}. */
    void handedOn(long now) {
        handedAt = now;
    }

    long handedAt() {
        return handedAt;
    }

    /** Closes the socket itself, which ends a read in another thread at once; closing the connection may not. */
    void close() {
        ConnectTimeouts.close(socket);
    }
}
