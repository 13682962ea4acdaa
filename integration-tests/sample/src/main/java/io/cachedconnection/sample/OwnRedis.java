package io.cachedconnection.sample;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/**
 * The Redis that the sample starts itself where no other is configured: on loopback, in memory, gone with the application.
 * It can be stopped and started again; its address stays, and it is empty then.
 */
final class OwnRedis {

    // A server may load this class more than once (Payara scans with a class loader of its own), and each could start
    // a Redis. All of them see the same system properties, so the port is kept there, and they are the lock. For the
    // same reason the Redis is stopped by a command: the class that does so need not be the one that started it.
    private static final String PORT = "cached-connection-sample.own-redis";

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int CONNECT_MILLIS = 1_000;
    private static final int STOP_MILLIS = 5_000;
    private static final Logger LOG = System.getLogger(OwnRedis.class.getName());

    private OwnRedis() {}

    /** The address; the first caller starts the Redis. */
    static String uri() {
        synchronized (System.getProperties()) {
            if (port() == null) {
                System.setProperty(PORT, String.valueOf(freePort()));
                start();
            }
            return "redis://127.0.0.1:" + port();
        }
    }

    /** Whether this is the address of the Redis that the sample started. */
    static boolean isAt(String uri) {
        return uri.equals("redis://127.0.0.1:" + port());
    }

    /** Whether it takes connections. */
    static boolean isRunning() {
        Integer port = port();
        return port != null && takesConnections(port);
    }

    private static boolean takesConnections(int port) {
        try (Socket socket = connected(port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    // Not the loopback address of this JVM, which may be the one of IPv6.
    private static Socket connected(int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), CONNECT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Starts it at its address unless it runs; false if it does not start, which the log explains. */
    static boolean start() {
        synchronized (System.getProperties()) {
            Integer port = port();
            if (port == null) {
                return false; // the application has ended
            }
            if (takesConnections(port)) {
                return true;
            }
            try {
                server(port).start();
                LOG.log(Level.INFO, "The sample has started a Redis of its own at 127.0.0.1:" + port + ".");
                return true;
            } catch (IOException e) {
                // The library does without Redis, and so does the sample: every answer comes from the database.
                LOG.log(Level.WARNING, "The sample's own Redis does not start. Set REDIS_URL to use another.", e);
                return false;
            }
        }
    }

    /** Stops it if it runs, and keeps its address; false if it does not stop, which the log explains. */
    static boolean stop() {
        synchronized (System.getProperties()) {
            Integer port = port();
            if (port == null || !takesConnections(port)) {
                return true;
            }
            try (Socket socket = connected(port)) {
                socket.setSoTimeout(STOP_MILLIS);
                socket.getOutputStream().write("SHUTDOWN NOSAVE\r\n".getBytes(US_ASCII));
                // It says nothing: the connection ends with it.
                String refused = new String(socket.getInputStream().readAllBytes(), US_ASCII);
                if (refused.isEmpty()) {
                    return true;
                }
                LOG.log(Level.WARNING, "The sample's own Redis does not stop: " + refused.strip());
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The sample's own Redis does not stop.", e);
            }
            return false;
        }
    }

    /** Stops it for good: the application has ended. */
    static void end() {
        synchronized (System.getProperties()) {
            stop();
            System.clearProperty(PORT);
        }
    }

    private static @Nullable Integer port() {
        return Integer.getInteger(PORT);
    }

    private static RedisServer server(int port) throws IOException {
        return RedisServer.newRedisServer()
                .bind("127.0.0.1")
                .port(port)
                .setting("save \"\"")
                .build();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free for the sample's own Redis.", e);
        }
    }
}
