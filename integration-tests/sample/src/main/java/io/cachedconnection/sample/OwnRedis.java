package io.cachedconnection.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/** The Redis that the sample starts itself, for whoever has none: on loopback, in memory, gone with the application. */
final class OwnRedis {

    // A server may load this class more than once (Payara scans with a class loader of its own), and each could start
    // a Redis. All of them see the same system properties, so the address is kept there, and they are the lock.
    private static final String ADDRESS = "cached-connection-sample.own-redis";

    private static final Logger LOG = System.getLogger(OwnRedis.class.getName());

    private static @Nullable RedisServer started; // guarded by the system properties

    private OwnRedis() {}

    /** The address of the running Redis; the first caller starts it. */
    static String uri() {
        synchronized (System.getProperties()) {
            String known = System.getProperty(ADDRESS);
            return known == null ? start() : known;
        }
    }

    /** Stops the Redis if it was started here. */
    static void stop() {
        synchronized (System.getProperties()) {
            if (started != null) {
                System.clearProperty(ADDRESS);
                stop(started);
                started = null;
            }
        }
    }

    private static String start() {
        int port = freePort();
        String uri = "redis://127.0.0.1:" + port;
        try {
            RedisServer server = server(port);
            server.start();
            started = server;
            System.setProperty(ADDRESS, uri);
            LOG.log(Level.INFO, "The sample has started a Redis of its own at 127.0.0.1:" + port + ".");
        } catch (IOException e) {
            // The library does without Redis, and so does the sample: every answer comes from the database.
            LOG.log(Level.WARNING, "The sample's own Redis does not start. Set REDIS_URL to use another.", e);
        }
        return uri;
    }

    private static RedisServer server(int port) throws IOException {
        return RedisServer.newRedisServer()
                .bind("127.0.0.1")
                .port(port)
                .setting("save \"\"")
                .build();
    }

    private static void stop(RedisServer server) {
        try {
            server.stop();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The sample's own Redis does not stop.", e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free for the sample's own Redis.", e);
        }
    }
}
