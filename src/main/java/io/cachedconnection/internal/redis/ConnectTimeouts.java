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
 * The time until which connections must be made. Closes the sockets of those that are not, which frees the thread that waits
 * for them: so neither a peer that sends a byte now and then nor one that sends nothing can keep a thread. A connection has up
 * to ten times as long while the peer is not silent: then it is this process that does not get to run. Thread-safe.
 */
final class ConnectTimeouts implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ConnectTimeouts.class.getName());

    /** How many times the usual time a connection may take where this process is to blame. */
    static final int MOST_TIMES = 10;

    private static final int EXTENSIONS = 4; // for as much time again

    private final ScheduledExecutorService clock;
    private final Map<WatchedSocket, Future<?>> pending = new ConcurrentHashMap<>();

    ConnectTimeouts(ScheduledExecutorService clock) {
        this.clock = clock;
    }

    /** Closes {@code socket} after {@code nanos}, unless it is {@link #lift lifted} before. */
    void impose(WatchedSocket socket, long nanos) {
        try {
            Runnable end = () -> end(socket, nanos / EXTENSIONS, (MOST_TIMES - 1) * EXTENSIONS);
            pending.put(socket, clock.schedule(end, nanos, NANOSECONDS));
            if (clock.isShutdown()) {
                close(socket);
            }
        } catch (RejectedExecutionException e) { // the end has come
            close(socket);
        }
    }

    private void end(WatchedSocket socket, long extension, int extensionsLeft) {
        if (extensionsLeft == 0 || socket.silence(System.nanoTime()) > extension) {
            close(socket);
            return;
        }
        Runnable end = () -> end(socket, extension, extensionsLeft - 1);
        // Only if it was not lifted meanwhile.
        pending.computeIfPresent(socket, (key, ending) -> clock.schedule(end, extension, NANOSECONDS));
    }

    /** True if {@code socket} was not closed. */
    boolean lift(WatchedSocket socket) {
        Future<?> closing = pending.remove(socket);
        return closing != null && closing.cancel(false);
    }

    /** How long the peer that has been silent the longest has been so, of those that are being connected to; -1 if none is. */
    long longestSilence(long now) {
        return pending.keySet().stream()
                .mapToLong(socket -> socket.silence(now))
                .max()
                .orElse(-1);
    }

    /** Closes all that are left. */
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
