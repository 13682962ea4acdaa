package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.common.Throttle;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.redis.Exchange.State;
import io.cachedconnection.internal.redis.TimeoutAttribution.GracePeriod;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection pool of this node for one server, and the queue of exchanges that wait for a connection. A caller that finds
 * an idle connection has its own exchange on it. Otherwise the exchange joins the queue, and the caller that gets the next free
 * connection leads: it sends what is in the queue in one write, reads all replies, and hands the connection on. So a caller
 * alone waits for no other, and many share the cost of a round trip. Callers never make connections: that happens in the
 * background. Thread-safe.
 */
final class ConnectionPool implements AutoCloseable {

    private static final int TRIALS = 2; // at a time, while none is open
    private static final int KEPT = 1; // open, although unused for IDLE_LIMIT
    private static final long IDLE_LIMIT = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_AFTER_A_FAILURE = TimeUnit.MILLISECONDS.toNanos(100); // of making a connection
    private static final long NEVER_USED = TimeUnit.SECONDS.toNanos(2);

    /** A leader that has not begun after this time lets another caller lead. */
    private static final long HELD_UP = TimeUnit.MICROSECONDS.toNanos(300);

    /** From so many callers on, within the last {@link #STILL_CROWDED}, a caller yields before it parks. */
    private static final int CROWD = 16;

    private static final long STILL_CROWDED = TimeUnit.MILLISECONDS.toNanos(10);

    /** After a yield that took longer there are none for {@link #YIELD_PAUSES} times as long. */
    private static final long LONG_YIELD = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int YIELD_PAUSES = 50;

    private final Supplier<PooledConnection> dialer;
    private final Executor background;
    private final Clock clock;
    private final int max;
    private final int mostParts;
    private final Set<PooledConnection> all = ConcurrentHashMap.newKeySet();
    private final AtomicInteger renewals = new AtomicInteger();
    private final Throttle renewal = new Throttle(Duration.ofSeconds(1), System::nanoTime);

    private final ReentrantLock lock = new ReentrantLock();
    private final TimeoutAttribution attribution; // guarded by lock, as all below
    private final Deque<PooledConnection> idle = new ArrayDeque<>(); // the warmest first
    private final Deque<Exchange> queue = new ArrayDeque<>(); // while there are idle connections, heavy ones only
    private final Deque<Exchange> leaders = new ArrayDeque<>(); // that have not begun yet, the first first
    private int open;
    private boolean wasTried; // to make one, well or not
    private int dialing;
    private long dialingSince; // while any is being made
    private long dialFailedAt = System.nanoTime() - PAUSE_AFTER_A_FAILURE;
    private int heavy; // how many connections are busy with a heavy exchange
    private int underWay; // how many exchanges are
    private boolean closed;
    private long crowdedAt = dialFailedAt; // when a crowd was last seen
    private volatile long yieldsFrom = dialFailedAt; // not guarded: when callers may yield again

    /** Watches over time. */
    interface Clock {
        /** Is to {@link #cutOverdue} at {@code moment}. */
        void cutAt(long moment);

        /** How long the peer that answers latest has been silent, of all that are being connected to; -1 if none is. */
        long silenceWhileDialing();
    }

    /**
     * No connections at first.
     *
     * @param dialer makes one, slowly
     * @param background runs it
     * @param mostParts how many parts of exchanges go together, of however many callers; so many KiB as well, both ways
     */
    ConnectionPool(
            Supplier<PooledConnection> dialer, Executor background, Clock clock, PoolSettings limits, int mostParts) {
        this.dialer = dialer;
        this.background = background;
        this.clock = clock;
        this.max = limits.max();
        this.mostParts = mostParts;
        this.attribution = new TimeoutAttribution(limits);
    }

    /**
     * Returns when {@code exchange}, which the calling thread has made, has its reply or failure.
     *
     * @throws StoreException if there was no connection in time, the caller was interrupted, or its time was over
     */
    void run(Exchange exchange) {
        try {
            await(exchange);
        } catch (Error e) { // of the JVM: the caller's stack is full, say
            abandon(exchange);
            throw e;
        }
    }

    private void await(Exchange exchange) {
        @Nullable PooledConnection free;
        boolean isCrowd;
        lock.lock();
        try {
            if (idle.isEmpty()) {
                if (attribution.isTooFarBehind(exchange, queue.size() / mostParts, open)) {
                    throw TimeoutAttribution.crowded();
                }
            } else if (isHopeless(exchange, exchange.since())) {
                attribution.sentAway();
                throw TimeoutAttribution.crowded();
            }
            free = isHeavy(exchange) && !isRoomForHeavy() ? null : idle.pollFirst();
            if (free == null && !isHeavy(exchange)) {
                free = fromOneHeldUp();
            }
            crowdedAt = underWay + queue.size() >= CROWD ? exchange.since() : crowdedAt;
            isCrowd = exchange.since() - crowdedAt < STILL_CROWDED;
            if (free != null) {
                free.handedOn(exchange.since());
                exchange.leadOn(free, exchange.since());
            } else if (closed) {
                throw closed();
            } else {
                reclaim(exchange.since());
                queue.add(exchange);
                dialForQueue();
            }
        } finally {
            lock.unlock();
        }
        GracePeriod gracePeriod = new GracePeriod(exchange.deadline());
        for (boolean isNew = free != null; exchange.state() != State.OVER; isNew = false) {
            long now = System.nanoTime();
            long left = exchange.deadline() - now;
            State state = exchange.state();
            boolean interrupted = Thread.currentThread().isInterrupted();
            // This process may not have got to run: then its time is over, but the reply may be here.
            boolean isOver = left <= 0
                    && !isNew
                    && (state == State.LEADING
                            || !gracePeriod.goesOn(
                                    now,
                                    state == State.SENT && exchange.connection().isHeldUp(now)));
            if (isOver || (interrupted && !isNew)) {
                leave(exchange, interrupted);
            } else if (state == State.LEADING) {
                List<Exchange> batch = withRiders(exchange);
                if (!batch.isEmpty()) {
                    lead(exchange.connection(), batch);
                }
            } else if (isCrowd && now - yieldsFrom >= 0) {
                isCrowd = false; // once
                yieldOnce(now);
            } else {
                LockSupport.parkNanos(this, left > 0 ? left : GracePeriod.PAUSE);
            }
        }
    }

    /** The caller of {@code exchange} has met with an error, perhaps between taking the lock and what gives it back. */
    private void abandon(Exchange exchange) {
        if (!lock.isHeldByCurrentThread()) {
            lock.lock();
        }
        try {
            queue.remove(exchange);
            leaders.remove(exchange);
            State state = exchange.state();
            exchange.become(state == State.OVER ? state : State.LEFT);
            if (state == State.LEADING) {
                discard(exchange.connection());
                dialForQueue();
            }
        } finally {
            while (lock.isHeldByCurrentThread()) {
                lock.unlock();
            }
        }
    }

    /**
     * Lets other threads run before this one parks. Among many callers that costs much less than being parked and woken: as a rule
     * the reply is there when this thread runs again. If a yield takes long, other work needs the processors: then there are none for
     * fifty times as long.
     */
    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it but speed
    private void yieldOnce(long now) {
        Thread.yield();
        long end = System.nanoTime();
        if (end - now > LONG_YIELD) {
            yieldsFrom = end + YIELD_PAUSES * (end - now);
        }
    }

    /**
     * The connection of a leader that has not begun, because its thread waits for a processor: it joins the queue again, and
     * rides along. Null if none is held up.
     */
    private @Nullable PooledConnection fromOneHeldUp() {
        @Nullable Exchange first = leaders.peekFirst();
        if (first == null || isHeavy(first) || System.nanoTime() - first.appointedAt() < HELD_UP) {
            return null;
        }
        leaders.removeFirst();
        first.become(State.WAITING);
        queue.addFirst(first);
        return first.connection();
    }

    /** Discards connections whose caller never used them: it met with an error, and had no stack left to give them back. */
    private void reclaim(long now) {
        for (PooledConnection connection : all) {
            if (now - connection.handedAt() > NEVER_USED && !connection.isUnderWay() && !idle.contains(connection)) {
                discard(connection);
            }
        }
    }

    /** Whether it goes alone, for it would hold up the others. */
    private boolean isHeavy(Exchange exchange) {
        return exchange.bytes() > mostParts << 10 || exchange.size() > mostParts;
    }

    private boolean isRoomForHeavy() {
        return heavy < Math.max(1, max / 2);
    }

    private boolean isHopeless(Exchange exchange, long now) {
        return !isHeavy(exchange) && attribution.isHopeless(exchange, now);
    }

    private static StoreException closed() {
        return new StoreException(Reason.TOO_LATE, "closed");
    }

    /** The caller of {@code exchange} waits no longer, if it is not over. What was given to it is passed on. */
    private void leave(Exchange exchange, boolean interrupted) {
        @Nullable Exchange next = null;
        lock.lock();
        try {
            State state = exchange.state();
            if (state == State.OVER) {
                return;
            }
            exchange.become(State.LEFT);
            if (state == State.WAITING) {
                queue.remove(exchange);
            } else if (state == State.LEADING) {
                leaders.remove(exchange);
                next = taken(exchange.connection());
            }
            if (interrupted) {
                throw new StoreException(Reason.INTERRUPTED, "interrupted");
            }
            long now = System.nanoTime();
            throw open > 0
                    ? attribution.lateReply(exchange, state, now, all)
                    : attribution.noConnection(dialing > 0, dialingSince, !wasTried, clock.silenceWhileDialing(), now);
        } finally {
            lock.unlock();
            wake(next);
        }
    }

    private static void wake(@Nullable Exchange exchange) {
        if (exchange != null) {
            exchange.wake();
        }
    }

    /** Those that go together with {@code leader}: as much of the queue as there is, within bounds. */
    private List<Exchange> withRiders(Exchange leader) {
        List<Exchange> batch = new ArrayList<>();
        List<Exchange> late = new ArrayList<>();
        batch.add(leader);
        lock.lock();
        try {
            if (leader.state() != State.LEADING) {
                return List.of(); // it was held up, and goes along with another one
            }
            leaders.remove(leader);
            long now = System.nanoTime();
            leader.sentOn(leader.connection(), now);
            int bytes = leader.bytes();
            int parts = leader.size();
            Iterator<Exchange> waiting = queue.iterator();
            while (!isHeavy(leader) && parts < mostParts && waiting.hasNext()) {
                Exchange next = waiting.next();
                if (isHeavy(next)) {
                    continue;
                }
                boolean isLate = isHopeless(next, now);
                boolean isTooMuch = bytes + next.bytes() > mostParts << 10 || parts + next.size() > mostParts;
                if (!isLate && isTooMuch) {
                    break;
                }
                waiting.remove();
                next.sentOn(leader.connection(), now);
                (isLate ? late : batch).add(next);
                bytes += isLate ? 0 : next.bytes();
                parts += isLate ? 0 : next.size();
            }
            underWay += batch.size();
            heavy += isHeavy(leader) ? 1 : 0;
        } finally {
            lock.unlock();
        }
        late.forEach(exchange -> exchange.end(TimeoutAttribution.crowded()));
        return batch;
    }

    /** Has {@code batch} on {@code connection}; the first of it is the calling thread's. */
    private void lead(PooledConnection connection, List<Exchange> batch) {
        Exchange leader = batch.get(0);
        long start = System.nanoTime();
        boolean wasInterrupted = Thread.interrupted(); // it would close the socket of a virtual thread
        @Nullable StoreException failure = null;
        boolean isAlive = false;
        try {
            connection.begin(leader.deadline());
            clock.cutAt(leader.deadline());
            connection.exchange(batch);
            isAlive = true;
        } catch (StoreException e) {
            failure = e;
            isAlive = true;
        } finally {
            if (!isAlive) { // an error of the JVM goes to the caller, who will not lead again
                leader.become(State.LEFT);
                failure = new StoreException(Reason.CONNECTION, "the connection was given up half-way");
            }
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
            end(connection, batch, failure, start);
        }
    }

    /** The batch is over: its callers go on, or are sent on another connection, and {@code connection} is handed on. */
    private void end(PooledConnection connection, List<Exchange> batch, @Nullable StoreException failure, long start) {
        Exchange leader = batch.get(0);
        List<Exchange> ended = new ArrayList<>(batch.size());
        @Nullable Exchange next;
        lock.lock();
        try {
            long now = System.nanoTime();
            if (failure != null && failure.reason() == Reason.TIMEOUT) {
                failure = attribution.cut(leader, now, all);
            }
            if (failure != null && closed) { // by this application, so it says nothing about Redis
                failure = closed();
            }
            heavy -= isHeavy(leader) ? 1 : 0;
            underWay -= batch.size();
            if (failure == null) {
                attribution.answered(now - start, now, isHeavy(leader));
            } else if (failure.reason() == Reason.CONNECTION) {
                discardIdle(); // after a restart of Redis each one is dead, and shows it only when used
            }
            for (Exchange exchange : batch) {
                // What one asked may have cost the others their replies, or its interruption, or its shorter time.
                boolean mayGoAgain = failure != null && (exchange != leader || failure.reason() == Reason.CONNECTION);
                boolean isForTheLeader = failure != null && failure.reason() == Reason.INTERRUPTED;
                if (mayGoAgain && !closed && exchange.mayGoAgain(now, isForTheLeader)) {
                    exchange.become(State.WAITING);
                    queue.add(exchange);
                } else {
                    ended.add(exchange);
                }
            }
            next = taken(connection);
        } finally {
            lock.unlock();
        }
        wake(next);
        for (Exchange exchange : ended) {
            exchange.end(failure);
        }
    }

    /** Takes {@code connection} back. Returns the exchange that leads on it now, if one waits: its caller is to be woken. */
    private @Nullable Exchange taken(PooledConnection connection) {
        if (closed || !connection.isUsable()) {
            discard(connection);
            dialForQueue(); // one in its place
            // An exchange that was to go with it need not wait for that.
            @Nullable PooledConnection other = queue.isEmpty() ? null : idle.pollFirst();
            return other == null ? null : handedOn(other);
        }
        return handedOn(connection);
    }

    private @Nullable Exchange handedOn(PooledConnection connection) {
        long now = System.nanoTime();
        @Nullable Exchange next = nextLeader();
        while (next != null && isHopeless(next, now)) { // so are most of the others, which have less time
            queue.remove(next);
            next.end(TimeoutAttribution.crowded());
            next = nextLeader();
        }
        connection.handedOn(now);
        if (next == null) {
            idle.addFirst(connection);
        } else {
            queue.remove(next);
            next.leadOn(connection, now);
            leaders.add(next);
        }
        return next;
    }

    /** Among the first, the one with the most time: the connection is cut when the time of its leader is over. */
    private @Nullable Exchange nextLeader() {
        @Nullable Exchange best = null;
        int seen = 0;
        for (Exchange exchange : queue) {
            if (isHeavy(exchange)) {
                if (best == null && isRoomForHeavy()) {
                    return exchange;
                }
            } else if (best == null || exchange.deadline() - best.deadline() > 0) {
                best = exchange;
            }
            if (++seen == mostParts && best != null) {
                return best;
            }
        }
        return best;
    }

    private void dialForQueue() {
        dial(Math.min(queue.size(), max - open));
    }

    /**
     * Sees to it that so many are being made. As long as none is open, a few are tried, and the others when one has shown that
     * it is worth it.
     */
    private void dial(int wanted) {
        long now = System.nanoTime();
        if (closed || (open > 0 && now - dialFailedAt < PAUSE_AFTER_A_FAILURE)) {
            return;
        }
        int missing = (open == 0 ? Math.min(wanted, TRIALS) : wanted) - dialing;
        for (int i = 0; i < missing; i++) {
            try {
                background.execute(this::dialOne);
                dialingSince =
                        dialing++ == 0 ? now : dialingSince; // not before: a full stack would leave it counted for ever
            } catch (RejectedExecutionException | Error e) { // shut down, no thread to be had, or the stack is full
                couldNotDial(RedisErrors.ofDialing(e));
            }
        }
    }

    private void dialOne() {
        int before = renewals.get();
        @Nullable PooledConnection connection = null;
        @Nullable StoreException failure = null;
        try {
            connection = dialer.get();
        } catch (RuntimeException | Error e) { // what is there need not be Redis; this connection is over
            failure = RedisErrors.ofDialing(e);
        }
        @Nullable Exchange next = null;
        lock.lock();
        try {
            dialing = Math.max(0, dialing - 1); // an error may have hidden that it was counted
            if (failure != null) {
                couldNotDial(failure);
            } else if (connection != null) {
                open++;
                wasTried = true;
                all.add(connection);
                if (renewals.get() != before) { // where it leads may have changed while it was made
                    connection.distrust();
                }
                next = taken(connection);
                dialForQueue();
            }
        } finally {
            lock.unlock();
        }
        wake(next);
    }

    private void couldNotDial(StoreException failure) {
        wasTried = true;
        dialFailedAt = System.nanoTime();
        if (open == 0) { // with others open it is worth waiting for one of them
            failQueue(failure);
        }
    }

    private void failQueue(StoreException failure) {
        List<Exchange> waiting = List.copyOf(queue);
        queue.clear();
        waiting.forEach(exchange -> exchange.end(failure));
    }

    private void discard(PooledConnection connection) {
        open -= all.remove(connection) ? 1 : 0;
        connection.close();
    }

    private void discardIdle() {
        idle.forEach(this::discard);
        idle.clear();
    }

    /** Replaces every connection, those in use as soon as they are given back. */
    void renew() {
        locked(() -> {
            renewals.incrementAndGet();
            all.forEach(PooledConnection::distrust);
            discardIdle();
        });
    }

    /** As {@link #renew}, at most once a second: for callers, of whom many find out the same at the same time. */
    void renewSeldom() {
        if (renewal.permits()) {
            renew();
        }
    }

    /** Spares the callers that wait the rest of their wait, and throws away what is idle: it leads to nothing any more. */
    void giveUp(StoreException failure) {
        locked(() -> {
            discardIdle();
            failQueue(failure);
        });
    }

    /** Cuts the connections on which a batch is overdue. Returns when the next one will be, {@link PooledConnection#IDLE} if none. */
    long cutOverdue(long now) {
        long next = PooledConnection.IDLE;
        for (PooledConnection connection : all) {
            next = PooledConnection.earlier(next, connection.cutIfOverdue(now));
        }
        return next;
    }

    /** Whether any is open. */
    boolean isOpen() {
        return locked(() -> open > 0);
    }

    /** Whether one is idle; if none is open, one is made for the next time that this is asked. */
    boolean isReady() {
        return locked(() -> {
            dial(KEPT - open);
            return !idle.isEmpty();
        });
    }

    /** How many exchanges wait for a connection. */
    int queued() {
        return locked(queue::size);
    }

    /** Closes what has been idle for long, or was never given back, and keeps one ready. */
    void tidy() {
        locked(() -> {
            long now = System.nanoTime();
            while (open > KEPT && !idle.isEmpty() && now - idle.getLast().handedAt() > IDLE_LIMIT) {
                discard(idle.removeLast());
            }
            reclaim(now);
            dial(KEPT - open);
        });
    }

    @Override
    public void close() {
        locked(() -> {
            closed = true;
            discardIdle();
            failQueue(closed());
            all.forEach(PooledConnection::close);
        });
    }

    private void locked(Runnable task) {
        locked(() -> {
            task.run();
            return true;
        });
    }

    private <T> T locked(Supplier<T> task) {
        lock.lock();
        try {
            return task.get();
        } finally {
            lock.unlock();
        }
    }
}
