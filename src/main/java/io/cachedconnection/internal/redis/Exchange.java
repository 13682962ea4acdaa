package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.HostPort;
import io.cachedconnection.internal.core.Place;
import io.cachedconnection.internal.core.PoolSettings;
import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;

/** Sends commands to one Redis and gets its replies, in bounded time. Thread-safe. */
final class Exchange implements AutoCloseable {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Logger LOG = System.getLogger(Exchange.class.getName());
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(5);
    private static final long TIDY_SECONDS = 10;
    private static final int DIALING_THREADS = 4;

    private final ScheduledExecutorService clock;
    private final ExecutorService dialing;
    private final WirePool pool;

    @SuppressWarnings("FutureReturnValueIgnored") // the periodic tasks end with the clock
    Exchange(RedisSettings settings) {
        clock = clock();
        dialing = dialingThreads();
        Dialer dialer = new Dialer(settings.access(), settings.pool(), clock);
        HostPort address = ((Place.Server) settings.place()).address();
        PoolSettings limits = settings.pool();
        pool = new WirePool(() -> dialer.dial(address), dialing, limits.minIdle(), limits.max());
        clock.scheduleWithFixedDelay(pool::cutOverdue, TICK, TICK, TimeUnit.NANOSECONDS);
        clock.scheduleWithFixedDelay(pool::tidy, 0, TIDY_SECONDS, TimeUnit.SECONDS);
        dialing.execute(this::warmUp);
    }

    /** The first call loads classes, which may take longer than a caller waits: so it is not a caller's. */
    private void warmUp() {
        try {
            call(new CommandObjects(RedisProtocol.RESP2).exists("cached-connection"), WARM_UP);
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, () -> "Redis is not there yet: " + e.getMessage());
        }
    }

    private static ScheduledExecutorService clock() {
        ScheduledThreadPoolExecutor clock =
                new ScheduledThreadPoolExecutor(1, DaemonThreads.named("cached-connection-clock"));
        clock.setRemoveOnCancelPolicy(true); // of each connection that was made in time, one task
        return clock;
    }

    private static ExecutorService dialingThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                DIALING_THREADS,
                DIALING_THREADS,
                TIDY_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                DaemonThreads.named("cached-connection-dialer"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * The reply to {@code command}. Tries again where the connection was dead: after a restart of Redis each one is, and
     * shows it only when used.
     *
     * @throws StoreException for every failure, after {@code nanos} at the latest
     */
    <T> T call(CommandObject<T> command, long nanos) {
        long deadline = deadline(nanos);
        Wire wire = pool.borrow(deadline);
        try {
            return on(wire, command, deadline);
        } catch (StoreException e) {
            if (e.reason() != Reason.CONNECTION) {
                throw e;
            }
        }
        pool.discardIdle();
        return on(pool.borrow(deadline), command, deadline);
    }

    /** The same, but what was sent on a connection that turns out to be dead is not sent again. */
    <T> T once(CommandObject<T> command, long nanos) {
        long deadline = deadline(nanos);
        return on(pool.borrow(deadline), command, deadline);
    }

    private static long deadline(long nanos) {
        return System.nanoTime() + Math.max(nanos - TICK, nanos / 2); // the clock may be a tick late
    }

    private <T> T on(Wire wire, CommandObject<T> command, long deadline) {
        try {
            return wire.run(command, deadline);
        } finally {
            pool.giveBack(wire);
        }
    }

    @Override
    public void close() {
        pool.close();
        clock.shutdownNow();
        dialing.shutdownNow();
    }
}
