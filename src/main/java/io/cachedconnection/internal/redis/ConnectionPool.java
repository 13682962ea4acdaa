package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.common.Throttle;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.store.ServerReport;
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
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection pool of this node for one server, with a queue of exchanges that wait for a connection. A caller that finds an
 * idle connection runs its own exchange on it. Otherwise the exchange joins the queue, and the caller that gets the next free
 * connection leads: it sends the queued exchanges in one write, reads all replies, and hands the connection on. So a single
 * caller never waits for another, and many callers share the cost of a round trip. Callers never make connections; the
 * background does. Thread-safe.
 */
final class ConnectionPool implements AutoCloseable {

    private static final int TRIALS = 2; // at a time, while none is open
    private static final int KEPT = 1; // kept open even if unused for IDLE_LIMIT
    private static final long IDLE_LIMIT = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_AFTER_A_FAILURE = TimeUnit.MILLISECONDS.toNanos(100); // of making a connection
    private static final long NEVER_USED = TimeUnit.SECONDS.toNanos(2);

    /** After this time, another caller may take the connection of a leader that has not begun. */
    private static final long HELD_UP = TimeUnit.MICROSECONDS.toNanos(300);

    /** With at least this many callers within {@link #STILL_CROWDED}, a caller yields before it parks. */
    private static final int CROWD = 16;

    private static final long STILL_CROWDED = TimeUnit.MILLISECONDS.toNanos(10);

    /** After a longer yield, callers do not yield for {@link #YIELD_PAUSES} times as long. */
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
    private final TimeoutAttribution attribution; // guarded by the lock, like all fields below
    private final Deque<PooledConnection> idle = new ArrayDeque<>(); // the most recently used first
    private final Deque<Exchange> queue =
            new ArrayDeque<>(); // contains only heavy exchanges while there are idle connections
    private final Deque<Exchange> leaders = new ArrayDeque<>(); // leaders that have not begun, the earliest first
    private int open;
    private boolean wasTried; // whether a connection was tried, with or without success
    private int dialing;
    private long dialingSince; // valid while a connection is being made
    private long dialFailedAt = System.nanoTime() - PAUSE_AFTER_A_FAILURE;
    private int heavy; // the number of connections busy with a heavy exchange
    private int underWay; // the number of exchanges under way
    private boolean closed;
    private long crowdedAt = dialFailedAt; // when a crowd was last seen
    private final LongAdder timeouts = new LongAdder(); // not guarded: counts callers that waited for a connection
    private volatile long yieldsFrom = dialFailedAt; // not guarded: when callers may yield again

    /** Calls back at deadlines. */
    interface Clock {
        /** Schedules {@link #cutOverdue} at {@code moment}. */
        void cutAt(long moment);

        /** Returns the longest silence of the peers being connected to, in nanoseconds; -1 if there is none. */
        long silenceWhileDialing();
    }

    /**
     * Creates a pool without connections.
     *
     * @param dialer makes a connection, slowly
     * @param background runs the dialer
     * @param mostParts the maximum number of parts of exchanges in a batch, and of KiB in both directions together
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
     * Runs {@code exchange}, created by the calling thread. Returns when it has its reply or failure.
     *
     * @throws StoreException if no connection came in time, the caller was interrupted, or its time was over
     */
    void run(Exchange exchange) {
        try {
            await(exchange);
        } catch (Error e) { // of the JVM, such as a full stack
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
            // This process may have been suspended: its time is then over, but the reply may have arrived.
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
                isCrowd = false; // only once
                yieldOnce(now);
            } else {
                LockSupport.parkNanos(this, left > 0 ? left : GracePeriod.PAUSE);
            }
        }
    }

    /** Cleans up after an error of the caller of {@code exchange}, which may have left the lock held. */
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
     * Lets other threads run before this one parks. With many callers that is much cheaper than parking and waking: usually the
     * reply has arrived when this thread runs again. If a yield takes long, other work needs the processors, and callers do not
     * yield for fifty times as long.
     */
    @SuppressWarnings("ThreadPriorityCheck") // affects only speed
    private void yieldOnce(long now) {
        Thread.yield();
        long end = System.nanoTime();
        if (end - now > LONG_YIELD) {
            yieldsFrom = end + YIELD_PAUSES * (end - now);
        }
    }

    /**
     * Takes the connection of a leader that has not begun, because its thread waits for a processor; that leader joins the
     * queue again. Null if there is none.
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

    /** Discards connections whose caller met an error before using them and could not return them for lack of stack. */
    private void reclaim(long now) {
        for (PooledConnection connection : all) {
            if (now - connection.handedAt() > NEVER_USED && !connection.isUnderWay() && !idle.contains(connection)) {
                discard(connection);
            }
        }
    }

    /** Whether the exchange is sent alone, because it would delay others. */
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

    /** Ends the wait of the caller of {@code exchange}, if it is not over, and passes its connection on. */
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
                timeouts.increment();
                queue.remove(exchange);
            } else if (state == State.LEADING) {
                leaders.remove(exchange);
                next = takeBack(exchange.connection());
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

    /** Returns the batch of {@code leader}: itself and the queue, within bounds. */
    private List<Exchange> withRiders(Exchange leader) {
        List<Exchange> batch = new ArrayList<>();
        List<Exchange> late = new ArrayList<>();
        batch.add(leader);
        lock.lock();
        try {
            if (leader.state() != State.LEADING) {
                return List.of(); // it was delayed, and is sent in the batch of another leader
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

    /** Runs {@code batch} on {@code connection}; its first exchange belongs to the calling thread. */
    private void lead(PooledConnection connection, List<Exchange> batch) {
        Exchange leader = batch.get(0);
        long start = System.nanoTime();
        boolean wasInterrupted = Thread.interrupted(); // an interrupt would close the socket of a virtual thread
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
            if (!isAlive) { // an error of the JVM goes to the caller, which will not lead again
                leader.become(State.LEFT);
                failure = new StoreException(Reason.CONNECTION, "the connection was given up half-way");
            }
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
            end(connection, batch, failure, start);
        }
    }

    /** Ends a batch: releases its callers or requeues their exchanges, and hands {@code connection} on. */
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
            if (failure != null && closed) { // closed by this application, so it says nothing about Redis
                failure = closed();
            }
            heavy -= isHeavy(leader) ? 1 : 0;
            underWay -= batch.size();
            if (failure == null) {
                attribution.answered(now - start, now, isHeavy(leader));
            } else if (failure.reason() == Reason.CONNECTION) {
                discardIdle(); // after a restart of Redis all are dead, but notice it only when used
            }
            for (Exchange exchange : batch) {
                // The leader's request, interrupt or shorter time may have cost the others their replies.
                boolean mayGoAgain = failure != null && (exchange != leader || failure.reason() == Reason.CONNECTION);
                boolean isForTheLeader = failure != null && failure.reason() == Reason.INTERRUPTED;
                if (mayGoAgain && !closed && exchange.mayGoAgain(now, isForTheLeader)) {
                    exchange.become(State.WAITING);
                    queue.add(exchange);
                } else {
                    ended.add(exchange);
                }
            }
            next = takeBack(connection);
        } finally {
            lock.unlock();
        }
        wake(next);
        for (Exchange exchange : ended) {
            exchange.end(failure);
        }
    }

    /** Takes {@code connection} back. Returns the exchange that leads on it now, if any, whose caller must be woken. */
    private @Nullable Exchange takeBack(PooledConnection connection) {
        if (closed || !connection.isUsable()) {
            discard(connection);
            dialForQueue(); // to replace this one
            // An exchange that was to use it need not wait for the replacement.
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

    /**
     * Returns the exchange with the most time among the first ones, because the connection is cut when its leader's time is
     * over.
     */
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
     * Ensures that {@code wanted} connections are being made. While none is open, only a few are tried; the others follow after
     * the first success.
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
                dialingSince = dialing++ == 0
                        ? now
                        : dialingSince; // counted only now: after a full stack it would stay counted forever
            } catch (RejectedExecutionException | Error e) { // shut down, no thread available, or the stack is full
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
        } catch (RuntimeException | Error e) { // the peer may not be Redis; this connection is over
            failure = RedisErrors.ofDialing(e);
        }
        @Nullable Exchange next = null;
        lock.lock();
        try {
            dialing = Math.max(0, dialing - 1); // an error may have prevented the count
            if (failure != null) {
                couldNotDial(failure);
            } else if (connection != null) {
                open++;
                wasTried = true;
                all.add(connection);
                if (renewals.get() != before) { // the address may have changed while it was made
                    connection.distrust();
                }
                next = takeBack(connection);
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
        if (open == 0) { // with open connections it is worth waiting for one of them
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

    /** Replaces every connection; those in use as soon as they are returned. */
    void renew() {
        locked(() -> {
            renewals.incrementAndGet();
            all.forEach(PooledConnection::distrust);
            discardIdle();
        });
    }

    /** Calls {@link #renew} at most once a second, because many callers may find the same problem at once. */
    void renewSeldom() {
        if (renewal.permits()) {
            renew();
        }
    }

    /** Fails all waiting callers at once, and discards idle connections, which are useless now. */
    void giveUp(StoreException failure) {
        locked(() -> {
            discardIdle();
            failQueue(failure);
        });
    }

    /** Cuts connections with an overdue batch. Returns the next deadline, {@link PooledConnection#IDLE} if there is none. */
    long cutOverdue(long now) {
        long next = PooledConnection.IDLE;
        for (PooledConnection connection : all) {
            next = PooledConnection.earlier(next, connection.cutIfOverdue(now));
        }
        return next;
    }

    /** Whether a connection is open. */
    boolean isOpen() {
        return locked(() -> open > 0);
    }

    /** Whether a connection is idle. If none is open, makes one for the next call. */
    boolean isReady() {
        return locked(() -> {
            dial(KEPT - open);
            return !idle.isEmpty();
        });
    }

    /** Reports connections and waiting callers under {@code name}. */
    ServerReport.Pool report(String name) {
        return locked(
                () -> new ServerReport.Pool(name, open - idle.size(), idle.size(), max, queue.size(), timeouts.sum()));
    }

    /** Returns how many exchanges wait for a connection. */
    int queued() {
        return locked(queue::size);
    }

    /** Closes connections that were idle for long or never returned, and keeps one ready. */
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
