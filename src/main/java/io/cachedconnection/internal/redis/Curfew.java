package io.cachedconnection.internal.redis;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The time until which connections must be made. Closes the sockets of those that are not, which frees whoever waits for
 * them: so neither a peer that sends a byte now and then nor one that sends nothing can keep a thread. Thread-safe.
 */
final class Curfew implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Curfew.class.getName());

    private final ScheduledExecutorService clock;
    private final Map<Socket, Future<?>> out = new ConcurrentHashMap<>();

    Curfew(ScheduledExecutorService clock) {
        this.clock = clock;
    }

    /** Closes {@code socket} after {@code nanos}, unless it is {@link #lift lifted} before. */
    void impose(Socket socket, long nanos) {
        try {
            out.put(socket, clock.schedule(() -> close(socket), nanos, NANOSECONDS));
            if (clock.isShutdown()) {
                close(socket);
            }
        } catch (RejectedExecutionException e) { // the end has come
            close(socket);
        }
    }

    /** True if {@code socket} was not closed. */
    boolean lift(Socket socket) {
        Future<?> closing = out.remove(socket);
        return closing != null && closing.cancel(false);
    }

    /** Closes all that are left. */
    @Override
    public void close() {
        out.keySet().forEach(Curfew::close);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A connection to Redis did not close cleanly.", e);
        }
    }
}
