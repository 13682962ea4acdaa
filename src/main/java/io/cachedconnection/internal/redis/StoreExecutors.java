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
 * The threads of a store, which end with it: a clock, on which nothing may wait, up to eight that make connections, one that
 * finds out where the servers are, one that asks them who they are, and up to two that verify them. Thread-safe.
 */
final class StoreExecutors implements AutoCloseable, ConnectionPool.Clock {

    private static final Logger LOG = System.getLogger(StoreExecutors.class.getName());
    private static final long TIDY_SECONDS = 10;
    private static final int DIALING_THREADS = 8;
    private static final int VERIFYING_THREADS = 2; // one large database does not keep the others waiting

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
            new ConcurrentHashMap<>(); // and what looks which Redis they lead to
    private final AtomicLong nextLook = new AtomicLong(PooledConnection.IDLE);

    @SuppressWarnings("FutureReturnValueIgnored") // the periodic tasks end with the clock
    StoreExecutors() {
        clock.setRemoveOnCancelPolicy(true); // of each connection that was made in time, one task
        clock.scheduleWithFixedDelay(
                new ResilientTask(() -> all.keySet().forEach(ConnectionPool::tidy)), 0, TIDY_SECONDS, TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(
                new ResilientTask(() -> all.values().forEach(Runnable::run)), 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Makes threads that keep no application alive: neither its process, nor its class loader after it is undeployed. They
     * inherit nothing from the caller that happens to need one first.
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

    /** For making connections. */
    Executor dialing() {
        return dialing;
    }

    /** The bulkheads of servers that are left alone, and still belong to the store. */
    Set<Bulkhead> leftAlone() {
        return leftAlone;
    }

    /** Looks after the connection pool of a server, until {@link #leave}; does {@code look} once a second. */
    void lookAfter(ConnectionPool pool, Runnable look) {
        all.put(pool, onceAtATime(look, identifying));
        pool.tidy();
    }

    void leave(ConnectionPool pool) {
        all.remove(pool);
    }

    /**
     * Has what is overdue cut at {@code moment}, of {@link System#nanoTime}. As long as nothing is under way, the clock does
     * not run.
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
                    if (!isPlanned) { // an error of the JVM; the next one plans again
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
            return; // an earlier look came first, and has planned the next one
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

    /** Runs {@code task}, which may take its time, once a second; seldom, where it takes longer. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    void everySecond(Runnable task) {
        clock.scheduleWithFixedDelay(new ResilientTask(onceAtATime(task)), 0, 1, TimeUnit.SECONDS);
    }

    /** Has {@code task} done soon, unless that is so already; what is asked for while it runs is done afterwards. */
    Runnable onceAtATime(Runnable task) {
        return onceAtATime(task, looking);
    }

    /** Has {@code task}, which takes as long as Redis has keys, done as above, but never twice at the same time. */
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
                if (!isQueued) { // the next time there may be a thread
                    queued.set(false);
                }
            }
        };
    }

    /** Runs {@code task}, which must not wait for anything, after {@code nanos}. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    void after(long nanos, Runnable task) {
        try {
            clock.schedule(new ResilientTask(task), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) { // shut down
            LOG.log(Level.DEBUG, () -> "No clock for a task of the background: " + e);
        }
    }

    /** Runs {@code task}, which must not wait for anything, with so much time in between. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    void onTheClock(Runnable task, long nanos) {
        clock.scheduleWithFixedDelay(new ResilientTask(task), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Runs {@code task}, which may take its time, as soon as the thread for that is free; never after the end. */
    void soon(Runnable task) {
        boolean unused = soon(looking, task);
    }

    /** False if it is not done. */
    private static boolean soon(Executor threads, Runnable task) {
        try {
            threads.execute(new ResilientTask(task));
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError e) { // shut down, or no thread to be had
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
        all.keySet().forEach(ConnectionPool::close); // of a server that somebody has just been sent to
    }
}
