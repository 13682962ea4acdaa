package io.cachedconnection.internal.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a store: a clock, on which nothing may wait, and a few for what takes its time, above all making
 * connections. Thread-safe.
 */
final class Background implements AutoCloseable {

    /** How late the clock may be. */
    static final long TICK = TimeUnit.MILLISECONDS.toNanos(5);

    private static final Logger LOG = System.getLogger(Background.class.getName());
    private static final long TIDY_SECONDS = 10;
    private static final int SLOW_THREADS = 4;

    private final ScheduledExecutorService clock = clockThread();
    private final ExecutorService slow = slowThreads();
    private final Curfew curfew = new Curfew(clock);
    private final Set<WirePool> pools = new CopyOnWriteArraySet<>();

    @SuppressWarnings("FutureReturnValueIgnored") // the periodic tasks end with the clock
    Background() {
        clock.scheduleWithFixedDelay(() -> pools.forEach(WirePool::cutOverdue), TICK, TICK, TimeUnit.NANOSECONDS);
        clock.scheduleWithFixedDelay(() -> pools.forEach(WirePool::tidy), 0, TIDY_SECONDS, TimeUnit.SECONDS);
    }

    private static ScheduledExecutorService clockThread() {
        ScheduledThreadPoolExecutor clock =
                new ScheduledThreadPoolExecutor(1, DaemonThreads.named("cached-connection-clock"));
        clock.setRemoveOnCancelPolicy(true); // of each connection that was made in time, one task
        return clock;
    }

    private static ExecutorService slowThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                SLOW_THREADS,
                SLOW_THREADS,
                TIDY_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                DaemonThreads.named("cached-connection-dialer"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    Curfew curfew() {
        return curfew;
    }

    ExecutorService slow() {
        return slow;
    }

    /** Looks after the calls and the connections of {@code pool}, until {@link #leave}. */
    void lookAfter(WirePool pool) {
        pools.add(pool);
        pool.tidy();
    }

    void leave(WirePool pool) {
        pools.remove(pool);
    }

    /** Runs {@code task}, which may take its time, once a second. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    void everySecond(Runnable task) {
        clock.scheduleWithFixedDelay(() -> soon(task), 0, 1, TimeUnit.SECONDS);
    }

    /** Runs {@code task}, which may take its time, as soon as a thread is free; never after the end. */
    void soon(Runnable task) {
        try {
            slow.execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // shut down, or no thread to be had
            LOG.log(Level.DEBUG, () -> "No thread for a task of the background: " + e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        slow.shutdownNow();
        curfew.close();
        pools.forEach(WirePool::close); // of a server that somebody has just been sent to
    }
}
