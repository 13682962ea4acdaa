package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.core.Throttle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this node. A caller only ever waits for a connection to be free, never makes one: that is done in
 * the background, so the wait is bounded whatever connecting takes. The warmest connection goes out first. Thread-safe.
 */
final class WirePool implements AutoCloseable {

    private static final int TRIALS = 2;
    private static final long IDLE_LIMIT = TimeUnit.MINUTES.toNanos(1);

    private final int min;
    private final int max;
    private final Set<Wire> all = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Wire> idle = new ArrayDeque<>(); // guarded by lock, as all below; the warmest first
    private final Queue<Turn> turns = new ArrayDeque<>(); // empty while there are idle connections
    private final Dials dials;
    private final AtomicInteger renewals = new AtomicInteger();
    private final Throttle renewal = new Throttle(Duration.ofSeconds(1), System::nanoTime);
    private int open;
    private boolean closed;

    WirePool(Supplier<Wire> dialer, Executor background, int min, int max) {
        this.min = min;
        this.max = max;
        this.dials = new Dials(() -> ofThisTime(dialer), background, this::arrived, this::failed);
    }

    /** Where it leads may have changed while it was made. */
    private Wire ofThisTime(Supplier<Wire> dialer) {
        int before = renewals.get();
        Wire wire = dialer.get();
        if (renewals.get() != before) {
            wire.distrust();
        }
        return wire;
    }

    /** A free connection, the caller's until it gives it back. Waits until {@code deadline} at the latest. */
    Wire borrow(long deadline) {
        Turn turn;
        lock.lock();
        try {
            Wire warmest = idle.pollFirst();
            if (warmest != null) {
                return warmest;
            }
            turn = queued();
        } finally {
            lock.unlock();
        }
        return awaited(turn, deadline);
    }

    private Turn queued() {
        if (closed) {
            throw new StoreException(Reason.TIMEOUT, "closed");
        }
        Turn turn = new Turn();
        turns.add(turn);
        dialForTurns();
        return turn;
    }

    private Wire awaited(Turn turn, long deadline) {
        try {
            return turn.isCalled(deadline) ? turn.answer() : withdrawn(turn, Reason.TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return withdrawn(turn, Reason.INTERRUPTED);
        }
    }

    /** Leaves the queue; but what was given in the same moment is taken, for nobody else gets it. */
    private Wire withdrawn(Turn turn, Reason reason) {
        lock.lock();
        try {
            if (turns.remove(turn)) {
                throw new StoreException(reason, open < max ? "no connection in time" : "no free connection");
            }
            return turn.answer();
        } finally {
            lock.unlock();
        }
    }

    private void dialForTurns() {
        dial(Math.min(turns.size(), max - open));
    }

    /** As long as there is none, a few are tried, and the others when one has shown that it is worth it. */
    private void dial(int wanted) {
        if (open == 0) {
            dials.want(Math.min(wanted, TRIALS));
        } else if (!dials.arePausing()) {
            dials.want(wanted);
        }
    }

    private void arrived(Wire wire) {
        lock.lock();
        try {
            dials.oneArrived();
            open++;
            all.add(wire);
            dialForTurns();
        } finally {
            lock.unlock();
        }
        giveBack(wire);
    }

    private void failed(StoreException failure) {
        lock.lock();
        try {
            dials.oneFailed();
            if (open == 0) { // with others open it is worth waiting for one of them
                failTurns(failure);
            }
        } finally {
            lock.unlock();
        }
    }

    private void failTurns(StoreException failure) {
        turns.forEach(turn -> turn.fail(failure));
        turns.clear();
    }

    /**
     * A connection that is open already, the caller's until it gives it {@link #giveBackUnused back}; null if all are in use or
     * there is none. The coldest, so that none stays open only because it is asked now and then.
     */
    @Nullable Wire borrowIdle() {
        lock.lock();
        try {
            return idle.pollLast();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back an idle connection, which stays the coldest. */
    void giveBackUnused(Wire wire) {
        lock.lock();
        try {
            if (!closed && wire.isUsable() && turns.isEmpty()) {
                idle.addLast(wire);
                return;
            }
        } finally {
            lock.unlock();
        }
        giveBack(wire);
    }

    /** Whether any connection is open. */
    boolean isOpen() {
        lock.lock();
        try {
            return open > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back what was borrowed. */
    void giveBack(Wire wire) {
        @Nullable Turn next;
        lock.lock();
        try {
            next = takenIn(wire);
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.call();
        }
    }

    /** Whose turn it is now, if somebody's. */
    private @Nullable Turn takenIn(Wire wire) {
        if (closed || !wire.isUsable()) {
            discard(wire);
            dialForTurns(); // one in its place
            return null;
        }
        Turn next = turns.poll();
        if (next == null) {
            wire.idleSince(System.nanoTime());
            idle.addFirst(wire);
        } else {
            next.give(wire);
        }
        return next;
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

    /** Replaces every connection, those in use as soon as they are given back. */
    void renew() {
        renewals.incrementAndGet();
        all.forEach(Wire::distrust);
        discardIdle();
    }

    /** The same, at most once a second: for callers, of whom many find out the same at the same time. */
    void renewSeldom() {
        if (renewal.permits()) {
            renew();
        }
    }

    /** Spares the callers that wait the rest of their wait, and throws away what is idle: it leads to nothing any more. */
    void giveUp(StoreException failure) {
        lock.lock();
        try {
            discardIdle();
            failTurns(failure);
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
            failTurns(new StoreException(Reason.TIMEOUT, "closed"));
        } finally {
            lock.unlock();
        }
        left.forEach(Wire::close);
    }
}
