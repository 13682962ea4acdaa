package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/**
 * One of the JVMs of the stampede: its threads want the same cold key at the same moment. Tells the parent when it is ready,
 * starts when told, and tells what each thread got and how long the slowest waited.
 */
final class StampedeNode {

    static final int THREADS = 64;
    static final Duration LOAD = Duration.ofMillis(50);
    static final KeySpace SPACE = KeySpace.of("stampede", "");

    private final URI redis;
    private final Engine engine;
    private final CacheBinding<String> binding = new CacheBinding<>(
            new Cache("stampede", Settings::cache, new CacheCounters()),
            new TextCodec(),
            EntryFormat.none(),
            TtlChoice.annotated(null));
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    private StampedeNode(URI redis) {
        this.redis = redis;
        JedisStore store = new JedisStore(Settings.redis(redis, Duration.ofSeconds(5)), Duration.ofSeconds(30));
        engine = new Engine(
                Settings.ports(store, new NotedEvents(), System::nanoTime), Settings.protocol(Duration.ofSeconds(5)));
    }

    public static void main(String[] arguments) throws Exception {
        StampedeNode node = new StampedeNode(URI.create(arguments[0]));
        for (int round = 0; round < 200; round++) {
            node.stampede(SPACE.key("warm-up-" + round % 20), Duration.ZERO);
        }
        System.out.println("ready");
        String key = new String(
                System.in.readNBytes(Integer.parseInt(arguments[1])), java.nio.charset.StandardCharsets.US_ASCII);
        System.out.println(node.stampede(SPACE.key(key), LOAD));
        System.exit(0);
    }

    private String stampede(EntryKey key, Duration load) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Long>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(threads.submit(() -> {
                start.await();
                return read(key, load);
            }));
        }
        start.countDown();
        long slowest = 0;
        for (Future<Long> one : all) {
            slowest = Math.max(slowest, one.get());
        }
        return TimeUnit.NANOSECONDS.toMillis(slowest) + " ms";
    }

    private long read(EntryKey key, Duration load) throws Exception {
        long begun = System.nanoTime();
        String value = engine.read(binding, key, () -> load(key, load)).value();
        if (!"the value".equals(value)) {
            throw new AssertionError("Not the value.");
        }
        return System.nanoTime() - begun;
    }

    private String load(EntryKey key, Duration load) throws InterruptedException {
        try (Jedis counter = new Jedis(redis)) {
            counter.incr("loads-of-" + key.text());
        }
        TimeUnit.NANOSECONDS.sleep(load.toNanos());
        return "the value";
    }
}
