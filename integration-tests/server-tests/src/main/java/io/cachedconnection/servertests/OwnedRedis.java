package io.cachedconnection.servertests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** A Redis process of the test's own, to stop and to start again on the same port. Used by one thread. */
public final class OwnedRedis implements AutoCloseable {

    private final int port = freePort();
    private @Nullable RedisServer running;

    /** Its address, which it keeps. */
    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** Starts it, empty. */
    public void start() {
        try {
            RedisServer server = RedisServer.newRedisServer()
                    .bind("127.0.0.1")
                    .port(port)
                    .setting("save \"\"")
                    .build();
            server.start();
            running = server;
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded Redis does not start.", e);
        }
    }

    /** Stops it if it runs. */
    public void stop() {
        if (running == null) {
            return;
        }
        try {
            running.stop();
            running = null;
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded Redis does not stop.", e);
        }
    }

    /** How many connections there are, the one that asks not counted. */
    public long clients() {
        try (Jedis redis = new Jedis(uri())) {
            return redis.clientList().lines().count() - 1;
        }
    }

    /** All keys there are. */
    public Set<String> keys() {
        try (Jedis redis = new Jedis(uri())) {
            return redis.keys("*");
        }
    }

    /** How many scripts it has run so far. */
    public long scripts() {
        try (Jedis redis = new Jedis(uri())) {
            return redis.info("commandstats")
                    .lines()
                    .filter(line -> line.startsWith("cmdstat_eval"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll(".*calls=(\\d+).*", "$1")))
                    .sum();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free.", e);
        }
    }
}
