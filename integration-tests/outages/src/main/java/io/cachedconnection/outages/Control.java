package io.cachedconnection.outages;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;

/**
 * A Redis that is well all the time, and a thread that asks it something every few milliseconds: how long that takes is how
 * much the machine has to do besides.
 */
final class Control implements AutoCloseable {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private final RedisProcess redis;
    private final Samples trips = new Samples(); // guarded by this
    private volatile boolean stopped;

    private Control(RedisProcess redis) {
        this.redis = redis;
    }

    static Control started() throws Exception {
        Control control = new Control(RedisProcess.started());
        Thread thread = new Thread(control::ask, "control");
        thread.setDaemon(true);
        thread.start();
        return control;
    }

    private void ask() {
        try (Connection connection = new Connection(RedisProcess.HOST, redis.port())) {
            while (!stopped) {
                long start = System.nanoTime();
                connection.executeCommand(Protocol.Command.PING);
                add(start, System.nanoTime() - start);
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private synchronized void add(long start, long nanos) {
        trips.add(start, nanos);
    }

    /** What the round trips took that began between these moments. */
    synchronized Spread between(long from, long to) {
        return Spread.of(trips.between(from, to));
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.parkNanos(2 * PAUSE); // the last one may end
        redis.close();
    }
}
