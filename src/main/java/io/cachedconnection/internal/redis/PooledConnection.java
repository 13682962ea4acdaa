package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.redis.TimeoutAttribution.GracePeriod;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection to Redis, which is cut when a batch on it is overdue. A read time-out would not do: it starts again with
 * every byte, so a peer that sends them one by one could hold a caller for ever. Used by one caller at a time; only
 * {@link #cutIfOverdue} comes from another thread.
 */
final class PooledConnection {

    /** Stands for the deadline where nothing is under way. */
    static final long IDLE = Long.MAX_VALUE;

    private static final long CUT = Long.MIN_VALUE;
    private static final long CUT_HELD_UP = CUT + 1; // no deadline either

    private final JedisConnection jedis;
    private final WatchedSocket socket;
    private final ServerIdentity identity;
    private final AtomicLong deadline = new AtomicLong(IDLE);
    private volatile boolean isDistrusted;
    private long handedAt = System.nanoTime(); // guarded by the lock of the connections
    private long overdue; // the deadline of the batch that is; the clock's, as the next
    private GracePeriod gracePeriod = new GracePeriod(IDLE);

    PooledConnection(JedisConnection jedis, WatchedSocket socket, ServerIdentity identity) {
        this.jedis = jedis;
        this.socket = socket;
        this.identity = identity;
    }

    /** Leaves it to the deadline alone to cut it, for batches that may take longer than a lookup. */
    PooledConnection patient() {
        jedis.setSoTimeout(0);
        return this;
    }

    /** Which Redis it led to when it was made. */
    ServerIdentity identity() {
        return identity;
    }

    /**
     * From now on a batch is under way, which must be over at {@code until}, a moment of {@link System#nanoTime}. Ends with
     * {@link #exchange}.
     */
    void begin(long until) {
        deadline.set(until);
    }

    /**
     * Sends the commands of {@code batch} in one write, and reads all replies. When it returns, the exchanges have
     * theirs; what may not go to this Redis was left out.
     *
     * @throws StoreException if not all of them came, or the mark behind them did not: then no reply counts
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
            // A peer that is not Redis can announce any depth and any length, hence the errors.
            throw meaning(failure);
        } finally {
            if (!whole) {
                distrust(); // what is left of the replies would answer the next command
            }
            // Not idle again if it was cut in the same moment: then it stays cut and is never used again.
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
        if (Thread.currentThread().isInterrupted() && !isOpen()) { // as a virtual thread's does, and a Unix socket
            return new StoreException(Reason.INTERRUPTED, "interrupted");
        }
        return RedisErrors.of(failure);
    }

    /** Cuts it if its batch is overdue, and that is not this process' own fault. Returns when to look again. */
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

    /** Whether a batch is under way and it is this process' turn: to send, or to read what has arrived. */
    boolean isHeldUp(long now) {
        return deadline.get() != IDLE && socket.silence(now) == 0;
    }

    /** How long Redis has not sent anything although it was asked. */
    long silence(long now) {
        return socket.silence(now);
    }

    /** Of two deadlines, each of which may be {@link #IDLE}, the one that comes first. */
    static long earlier(long one, long other) {
        return one == IDLE || (other != IDLE && other - one < 0) ? other : one;
    }

    /** Nothing more may be asked on it; what is under way goes on. */
    void distrust() {
        isDistrusted = true;
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    boolean isUsable() {
        return deadline.get() == IDLE && !isDistrusted;
    }

    /** Whether it is in use, and not cut. */
    boolean isUnderWay() {
        return isUnderWay(deadline.get());
    }

    private static boolean isUnderWay(long until) {
        return until != IDLE && until != CUT && until != CUT_HELD_UP;
    }

    /** A caller gets it, or it becomes idle, at {@code now}. */
    void handedOn(long now) {
        handedAt = now;
    }

    long handedAt() {
        return handedAt;
    }

    /** Closes the socket itself: that ends a read in another thread at once, which closing the connection may not. */
    void close() {
        ConnectTimeouts.close(socket);
    }
}
