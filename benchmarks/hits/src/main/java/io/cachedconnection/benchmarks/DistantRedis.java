package io.cachedconnection.benchmarks;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.cdi.PortableExtension;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/**
 * Many callers of a Redis that is well and far away: how many of their lookups are hits, beside how many could be. Default
 * settings, callers who pause between their calls, and a repository that takes 20 ms. Prints Markdown.
 */
public final class DistantRedis {

    private static final String CACHE = "distant";
    private static final int ROWS = 200;
    private static final int JEDIS_POOL = 64;
    private static final List<Line> LINES = List.of(
            new Line(64, 20, 2),
            new Line(200, 50, 5),
            new Line(400, 50, 5),
            new Line(100, 50, 20),
            new Line(400, 100, 20),
            new Line(200, 50, 50),
            new Line(600, 100, 50));

    private DistantRedis() {}

    /** So many callers, each of whom pauses for {@code think} milliseconds on average; a reply comes {@code delay} later. */
    private record Line(int callers, int think, int delay) {}

    /** The argument is for how many seconds each line calls each contender; without one it is five. */
    public static void main(String[] arguments) throws Exception {
        long length = TimeUnit.SECONDS.toNanos(arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]));
        System.out.println(
                "| callers | pause, ms | reply after, ms | could be hits/s | Jedis, pool of 64, calls/s | hits/s "
                        + "| of what could be | loads/s | p99 of a lookup, ms |\n|" + "--:|".repeat(9));
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            System.setProperty(
                    "cached-connection.redis.timeout", "PT0.1S"); // the default; other programs here have more
            for (Line line : LINES) {
                System.out.println(row(line, length, URI.create(redis.uri())));
            }
        }
    }

    private static String row(Line line, long length, URI redis) throws Exception {
        try (ServerSocket proxy = proxy(redis, line.delay);
                RedisWork work = new RedisWork(redis)) {
            URI distant = URI.create("redis://127.0.0.1:" + proxy.getLocalPort());
            Crowd crowd = new Crowd(line.callers, length, () -> pause(line.think), work);
            // With a connection for each caller there is nothing to wait for but the distance.
            Crowd.Turn could = crowd.turn(() -> sleep(line.delay));
            Crowd.Turn byHand = byHand(crowd, distant);
            RedisAddress.use(distant.toString());
            try (WeldContainer container = new Weld()
                    .disableDiscovery()
                    .addExtensions(new PortableExtension())
                    .addBeanClasses(Rows.class)
                    .initialize()) {
                ConnectionCaches caches =
                        container.select(ConnectionCaches.class).get();
                Rows rows = container.select(Rows.class).get();
                IntStream.range(0, 3 * ROWS).parallel().forEach(i -> rows.row(i % ROWS));
                new Crowd(line.callers, TimeUnit.SECONDS.toNanos(1), crowd.pause(), work).turn(() -> rows.row(any()));
                CacheStatistics before = caches.statistics().get(CACHE);
                Crowd.Turn turn = crowd.turn(() -> rows.row(any()));
                CacheStatistics after = caches.statistics().get(CACHE);
                double calls = after.hits() - before.hits() + after.loads() - before.loads();
                double hits = turn.perSecond() * (after.hits() - before.hits()) / calls;
                return String.format(
                        Locale.ROOT,
                        "| %d | %d | %d | %.0f | %.0f | %.0f | %.0f %% | %.0f | %.0f |",
                        line.callers,
                        line.think,
                        line.delay,
                        could.perSecond(),
                        byHand.perSecond(),
                        hits,
                        100 * hits / could.perSecond(),
                        turn.perSecond() - hits,
                        turn.p99() / 1000);
            }
        }
    }

    private static Crowd.Turn byHand(Crowd crowd, URI distant) throws Exception {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(JEDIS_POOL);
        pool.setMaxIdle(JEDIS_POOL);
        pool.setJmxEnabled(false);
        try (RedisClient jedis = RedisClient.builder()
                .hostAndPort(distant.getHost(), distant.getPort())
                .clientConfig(
                        DefaultJedisClientConfig.builder().timeoutMillis(10_000).build())
                .poolConfig(pool)
                .build()) {
            return crowd.turn(() -> jedis.get("benchmark:by-hand:" + any()));
        }
    }

    private static int any() {
        return ThreadLocalRandom.current().nextInt(ROWS);
    }

    private static void pause(int mean) {
        sleep(ThreadLocalRandom.current().nextInt(2 * mean));
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Leads to Redis; hands on what comes from there so much later. Ends when it is closed. */
    private static ServerSocket proxy(URI redis, int delay) throws IOException {
        ServerSocket proxy = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        BackgroundThreads.daemon(() -> {
                    while (!proxy.isClosed()) {
                        try {
                            Socket near = proxy.accept();
                            Socket far = new Socket(redis.getHost(), redis.getPort());
                            near.setTcpNoDelay(true);
                            far.setTcpNoDelay(true);
                            BackgroundThreads.daemon(() -> pump(near, far, 0)).start();
                            BackgroundThreads.daemon(() -> pump(far, near, delay))
                                    .start();
                        } catch (IOException e) {
                            if (!proxy.isClosed()) {
                                throw new UncheckedIOException(e);
                            }
                        }
                    }
                })
                .start();
        return proxy;
    }

    private static void pump(Socket from, Socket to, int delay) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                sleep(delay);
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // The other direction has ended, and closed both.
        }
    }

    /** The repository. */
    @ApplicationScoped
    public static class Rows {

        @CachedConnection(cache = CACHE)
        public String row(int id) {
            sleep(20);
            return "row " + id;
        }
    }
}
