package io.cachedconnection.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** The Redis of a run: the one that {@code REDIS_URL} names, else an embedded one of its own. */
record BenchmarkRedis(String uri, Closeable process) implements Closeable {

    static BenchmarkRedis started() throws IOException {
        String url = System.getenv("REDIS_URL");
        return url == null || url.isBlank() ? embedded() : new BenchmarkRedis(url, () -> {});
    }

    private static BenchmarkRedis embedded() throws IOException {
        int port = freePort();
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .onShutdownForceStop(true)
                .build();
        server.start();
        return new BenchmarkRedis("redis://127.0.0.1:" + port, server::stop);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
