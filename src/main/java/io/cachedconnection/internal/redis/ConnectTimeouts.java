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
 * Limits the time for making connections. It closes the sockets of late ones, which frees the waiting thread: neither a peer
 * that sends single bytes nor one that sends nothing can hold a thread. A connection gets up to ten times as long while the
 * peer is not silent, because then this process is the slow one. Thread-safe.
 */
final class ConnectTimeouts implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ConnectTimeouts.class.getName());

    /** The factor by which a connection may exceed the limit if this process is slow. */
    static final int MOST_TIMES = 10;

    private static final int EXTENSIONS = 4; // each for as much time again

    private final ScheduledExecutorService clock;
    private final Map<WatchedSocket, Future<?>> pending = new ConcurrentHashMap<>();

    ConnectTimeouts(ScheduledExecutorService clock) {
        this.clock = clock;
    }

    /** Closes {@code socket} after {@code nanos}, unless the limit is {@link #lift lifted} before. */
    void impose(WatchedSocket socket, long nanos) {
        try {
            Runnable end = () -> end(socket, nanos / EXTENSIONS, (MOST_TIMES - 1) * EXTENSIONS);
            pending.put(socket, clock.schedule(end, nanos, NANOSECONDS));
            if (clock.isShutdown()) {
                close(socket);
            }
        } catch (RejectedExecutionException e) { // the end
            close(socket);
        }
    }

    private void end(WatchedSocket socket, long extension, int extensionsLeft) {
        if (extensionsLeft == 0 || socket.silence(System.nanoTime()) > extension) {
            close(socket);
            return;
        }
        Runnable end = () -> end(socket, extension, extensionsLeft - 1);
        // Only if the limit was not lifted meanwhile.
        pending.computeIfPresent(socket, (key, ending) -> clock.schedule(end, extension, NANOSECONDS));
    }

    /** Lifts the limit; true if {@code socket} was not closed. */
    boolean lift(WatchedSocket socket) {
        Future<?> closing = pending.remove(socket);
        return closing != null && closing.cancel(false);
    }

    /** Returns the longest silence of the peers being connected to, in nanoseconds; -1 if there is none. */
    long longestSilence(long now) {
        return pending.keySet().stream()
                .mapToLong(socket -> socket.silence(now))
                .max()
                .orElse(-1);
    }

    /** Closes all remaining sockets. */
    @Override
    public void close() {
        pending.keySet().forEach(ConnectTimeouts::close);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A connection to Redis did not close cleanly.", e);
        }
    }
}
