package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.common.ResilientTask;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads of a store, which end with it: a clock that must not block, up to eight threads that make connections, one that
 * finds the servers, one that identifies them, and up to two that verify them. Thread-safe.
 */
final class StoreExecutors implements AutoCloseable, ConnectionPool.Clock {

    private static final Logger LOG = System.getLogger(StoreExecutors.class.getName());
    private static final long TIDY_SECONDS = 10;
    private static final int DIALING_THREADS = 8;
    private static final int VERIFYING_THREADS = 2; // so that one large database does not delay the others

    private final ScheduledThreadPoolExecutor clock =
            new ScheduledThreadPoolExecutor(1, daemons("cached-connection-clock"));
    private final ExecutorService dialing = threads(DIALING_THREADS, "cached-connection-dialer");
    // Waits for no Sentinel and no SCAN.
    private final ExecutorService identifying = threads(1, "cached-connection-identity");
    private final ExecutorService looking = threads(1, "cached-connection-lookout");
    private final Set<Bulkhead> leftAlone = ConcurrentHashMap.newKeySet();
    private final ConnectTimeouts connectTimeouts = new ConnectTimeouts(clock);
    private final ExecutorService verifying = threads(VERIFYING_THREADS, "cached-connection-verifier");
    private final Map<ConnectionPool, Runnable> all =
            new ConcurrentHashMap<>(); // and the checks which Redis they lead to
    private final AtomicLong nextLook = new AtomicLong(PooledConnection.IDLE);

    @SuppressWarnings("FutureReturnValueIgnored") // the periodic tasks end with the clock
    StoreExecutors() {
        clock.setRemoveOnCancelPolicy(true); // otherwise one task would remain for each connection made in time
        clock.scheduleWithFixedDelay(
                new ResilientTask(() -> all.keySet().forEach(ConnectionPool::tidy)), 0, TIDY_SECONDS, TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(
                new ResilientTask(() -> all.values().forEach(Runnable::run)), 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Creates threads that keep neither the process nor the application's class loader alive. They inherit nothing from the
     * caller that needs one first.
     */
    static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(StoreExecutors.class.getClassLoader());
            return thread;
        };
    }

    private static ExecutorService threads(int most, String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most, most, TIDY_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    ConnectTimeouts connectTimeouts() {
        return connectTimeouts;
    }

    /** Returns the executor that makes connections. */
    Executor dialing() {
        return dialing;
    }

    /** Returns the bulkheads with an open circuit breaker that still belong to the store. */
    Set<Bulkhead> leftAlone() {
        return leftAlone;
    }

    /** Maintains the connection pool of a server until {@link #leave}; runs {@code look} once a second. */
    void lookAfter(ConnectionPool pool, Runnable look) {
        all.put(pool, onceAtATime(look, identifying));
        pool.tidy();
    }

    void leave(ConnectionPool pool) {
        all.remove(pool);
    }

    /**
     * Schedules the cut of overdue batches at {@code moment}, a time of {@link System#nanoTime}. Without batches the clock is
     * idle.
     */
    @Override
    public void cutAt(long moment) {
        long planned = nextLook.get();
        while (planned == PooledConnection.IDLE || planned - moment > 0) {
            if (nextLook.compareAndSet(planned, moment)) {
                boolean isPlanned = false;
                try {
                    after(moment - System.nanoTime(), () -> cutOverdue(moment));
                    isPlanned = true;
                } finally {
                    if (!isPlanned) { // an error of the JVM; the next call schedules again
                        nextLook.compareAndSet(moment, PooledConnection.IDLE);
                    }
                }
                return;
            }
            planned = nextLook.get();
        }
    }

    @Override
    public long silenceWhileDialing() {
        return connectTimeouts.longestSilence(System.nanoTime());
    }

    private void cutOverdue(long planned) {
        if (!nextLook.compareAndSet(planned, PooledConnection.IDLE)) {
            return; // an earlier check came first and has scheduled the next one
        }
        long now = System.nanoTime();
        long next = PooledConnection.IDLE;
        for (ConnectionPool pool : all.keySet()) {
            next = PooledConnection.earlier(next, pool.cutOverdue(now));
        }
        if (next != PooledConnection.IDLE) {
            cutAt(next);
        }
    }

    /** Runs {@code task}, which may block, once a second, or less often if it takes longer. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    void everySecond(Runnable task) {
        clock.scheduleWithFixedDelay(new ResilientTask(onceAtATime(task)), 0, 1, TimeUnit.SECONDS);
    }

    /**
     * Returns a trigger that runs {@code task} soon. Several triggers before a run cause one run; a trigger during a run causes
     * another.
     */
    Runnable onceAtATime(Runnable task) {
        return onceAtATime(task, looking);
    }

    /** Returns such a trigger for a long {@code task}, whose runs never overlap. */
    Runnable onceAtATimeForLong(Runnable task) {
        Lock turn = new ReentrantLock();
        Runnable alone = () -> {
            turn.lock();
            try {
                task.run();
            } finally {
                turn.unlock();
            }
        };
        return onceAtATime(alone, verifying);
    }

    static Runnable onceAtATime(Runnable task, Executor threads) {
        AtomicBoolean queued = new AtomicBoolean();
        return () -> {
            if (queued.compareAndSet(false, true)) {
                boolean isQueued = soon(threads, () -> {
                    queued.set(false);
                    task.run();
                });
                if (!isQueued) { // the next time a thread may be available
                    queued.set(false);
                }
            }
        };
    }

    /** Runs {@code task}, which must not block, after {@code nanos}. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    void after(long nanos, Runnable task) {
        try {
            clock.schedule(new ResilientTask(task), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) { // shut down
            LOG.log(Level.DEBUG, () -> "No clock for a task of the background: " + e);
        }
    }

    /** Runs {@code task}, which must not block, periodically. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    void onTheClock(Runnable task, long nanos) {
        clock.scheduleWithFixedDelay(new ResilientTask(task), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Runs {@code task}, which may block, as soon as its thread is free; never after the end. */
    void soon(Runnable task) {
        boolean unused = soon(looking, task);
    }

    /** Runs {@code task}; false if that is impossible. */
    private static boolean soon(Executor threads, Runnable task) {
        try {
            threads.execute(new ResilientTask(task));
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError e) { // shut down, or no thread available
            LOG.log(Level.DEBUG, () -> "No thread for a task of the background: " + e);
            return false;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        dialing.shutdownNow();
        looking.shutdownNow();
        identifying.shutdownNow();
        verifying.shutdownNow();
        connectTimeouts.close();
        all.keySet().forEach(ConnectionPool::close); // of a server to which a caller has just been redirected
    }
}
