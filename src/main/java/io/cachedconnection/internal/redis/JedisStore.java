package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.core.RemoteStore;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;

/** Stores values in one Redis. Thread-safe; holds no connection between calls, and no call outlasts its time. */
public final class JedisStore implements RemoteStore {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long TIDY_SECONDS = 10;
    private static final int DIALING_THREADS = 4;
    private static final byte[] NOT_A_STRING = {};

    private final CommandObjects commands = new CommandObjects(RedisProtocol.RESP2);
    private final ScheduledExecutorService clock;
    private final ExecutorService dialing;
    private final WirePool pool;

    /** A store on the Redis that {@code settings} tell of, which need not be there yet. */
    @SuppressWarnings("FutureReturnValueIgnored") // the periodic tasks end with the clock
    public JedisStore(RedisSettings settings) {
        clock = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("cached-connection-clock"));
        dialing = dialingThreads();
        Dialer dialer = new Dialer(settings, clock);
        pool = new WirePool(dialer::dial, dialing, settings.poolMinIdle(), settings.poolMax());
        clock.scheduleWithFixedDelay(pool::cutOverdue, TICK, TICK, TimeUnit.NANOSECONDS);
        clock.scheduleWithFixedDelay(pool::tidy, 0, TIDY_SECONDS, TimeUnit.SECONDS);
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

    @Override
    public byte @Nullable [] find(CacheKey key, long nanos) {
        try {
            return call(commands.get(bytes(key)), nanos);
        } catch (StoreException e) {
            if (e.reason() == Reason.WRONG_TYPE) {
                return NOT_A_STRING; // somebody put a list or the like there: an entry that cannot be read
            }
            throw e;
        }
    }

    @Override
    public void put(CacheKey key, byte[] payload, Duration ttl, long nanos) {
        call(commands.psetex(bytes(key), ttl.toMillis(), payload), nanos);
    }

    @Override
    public boolean remove(CacheKey key, long nanos) {
        return call(commands.del(bytes(key)), nanos) > 0;
    }

    @Override
    public boolean contains(CacheKey key, long nanos) {
        return call(commands.exists(bytes(key)), nanos);
    }

    private static byte[] bytes(CacheKey key) {
        return key.text().getBytes(UTF_8);
    }

    /** Tries again where the connection was dead: after a restart of Redis each one is, and shows it only when used. */
    private <T> T call(CommandObject<T> command, long nanos) {
        long deadline = System.nanoTime() + Math.max(nanos - TICK, nanos / 2); // the clock may be a tick late
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

    private <T> T on(Wire wire, CommandObject<T> command, long deadline) {
        try {
            return wire.run(command, deadline);
        } finally {
            pool.giveBack(wire);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        dialing.shutdownNow();
        pool.close();
    }
}
