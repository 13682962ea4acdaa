package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this node. A caller only ever waits for a connection to be free, never makes one: that is done in
 * the background, so the wait is bounded whatever connecting takes. The warmest connection goes out first. Thread-safe.
 */
final class WirePool implements AutoCloseable {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long IDLE_LIMIT = TimeUnit.MINUTES.toNanos(1);

    private final Supplier<Wire> dialer;
    private final Executor background;
    private final int min;
    private final int max;

    private final Set<Wire> all = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Wire> idle = new ArrayDeque<>(); // guarded by lock, as all below
    private int open;
    private int dialing;
    private int waiting;
    private long failures;
    private boolean closed;
    private @Nullable StoreException lastFailure;
    private long lastFailureAt;

    WirePool(Supplier<Wire> dialer, Executor background, int min, int max) {
        this.dialer = dialer;
        this.background = background;
        this.min = min;
        this.max = max;
    }

    /** A free connection, the caller's until it gives it back. Waits until {@code deadline} at the latest. */
    Wire borrow(long deadline) {
        lock.lock();
        waiting++;
        try {
            return freeWire(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Reason.INTERRUPTED, "interrupted");
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    private Wire freeWire(long deadline) throws InterruptedException {
        long failuresBefore = failures;
        boolean inTime = true;
        while (true) {
            // Also when the time is over: a connection may have come, and with it a signal that nobody else gets.
            Wire wire = idle.pollFirst();
            if (wire != null) {
                return wire;
            }
            if (closed || !inTime) {
                throw new StoreException(Reason.TIMEOUT, open < max ? "no connection in time" : "no free connection");
            }
            if (failures == failuresBefore || open > 0) {
                dial(Math.min(waiting, max - open));
            }
            if (failures != failuresBefore && open == 0 && lastFailure != null) {
                throw lastFailure; // with others open it is worth waiting for one of them
            }
            inTime = changed.awaitNanos(deadline - System.nanoTime()) > 0;
        }
    }

    /** Sees to it that at least {@code wanted} connections are in the making; a while after a failure only the first one. */
    private void dial(int wanted) {
        boolean pausing = open > 0 && failures > 0 && System.nanoTime() - lastFailureAt < PAUSE;
        int missing = pausing ? 0 : wanted - dialing;
        for (int i = 0; i < missing; i++) {
            dialing++;
            start();
        }
    }

    private void start() {
        try {
            background.execute(this::dialed);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // shut down, or no thread to be had
            noted(Failures.of(e));
        }
    }

    private void dialed() {
        try {
            arrived(dialer.get());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            failed(Failures.of(e)); // errors, too: what is there need not be Redis, and may answer anything
        }
    }

    private void arrived(Wire wire) {
        lock.lock();
        try {
            dialing--;
            open++;
            all.add(wire);
            takeIn(wire);
        } finally {
            lock.unlock();
        }
    }

    private void failed(StoreException failure) {
        lock.lock();
        try {
            noted(failure);
        } finally {
            lock.unlock();
        }
    }

    private void noted(StoreException failure) {
        dialing--;
        failures++;
        lastFailure = failure;
        lastFailureAt = System.nanoTime();
        changed.signalAll(); // those who wait learn that there may be nothing to wait for
    }

    /** Takes back what was borrowed. */
    void giveBack(Wire wire) {
        lock.lock();
        try {
            takeIn(wire);
        } finally {
            lock.unlock();
        }
    }

    private void takeIn(Wire wire) {
        if (closed || !wire.isUsable()) {
            discard(wire);
        } else {
            wire.idleSince(System.nanoTime());
            idle.addFirst(wire);
        }
        changed.signal(); // also if discarded: whoever waits may have one made in its place
    }

    private void discard(Wire wire) {
        open--;
        all.remove(wire);
        wire.close();
    }

    /** Throws away the idle connections: one has just shown that Redis has dropped them all. */
    void discardIdle() {
        lock.lock();
        try {
            idle.forEach(this::discard);
            idle.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Cuts the connections on which a call is overdue. */
    void cutOverdue() {
        long now = System.nanoTime();
        all.forEach(wire -> wire.cutIfOverdue(now));
    }

    /** Closes what has been idle for long, and keeps the least number ready. */
    void tidy() {
        lock.lock();
        try {
            long now = System.nanoTime();
            while (open > min && !idle.isEmpty() && now - idle.getLast().idleSince() > IDLE_LIMIT) {
                discard(idle.removeLast());
            }
            if (!closed) {
                dial(min - open);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<Wire> left;
        lock.lock();
        try {
            closed = true;
            discardIdle();
            left = new ArrayList<>(all);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(Wire::close);
    }
}
