package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.endpoint.TlsUpgrade;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.tls.ReloadingTls;
import io.cachedconnection.internal.tls.TlsEvents;
import io.cachedconnection.internal.tls.TlsException;
import io.cachedconnection.internal.tls.TlsFiles;
import io.cachedconnection.internal.tls.TlsPart;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.Started;
import io.cachedconnection.testing.TextCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A node with the default settings, which looks up on many threads what its repository has. In the JVM of a test, or as one
 * of its own: that one is told by lines what to do, and tells what came of it.
 */
final class CrowdedNode implements AutoCloseable {

    private static final KeySpace SPACE = KeySpace.of("crowded", "");
    private static final Duration TIMEOUT = Duration.ofMillis(100);
    private static final long LOAD = TimeUnit.MILLISECONDS.toNanos(20);

    private final CacheCounters counters = new CacheCounters();
    private final NotedEvents events = new NotedEvents();
    private final AtomicInteger wrong = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final JedisStore store;
    private final Engine engine;
    private final CacheBinding<String> binding = new CacheBinding<>(
            new Cache("crowded", Settings::cache, counters),
            new TextCodec(),
            EntryFormat.none(),
            TtlChoice.annotated(Duration.ofHours(1)));

    private static final class Unimpressed implements TlsEvents {

        @Override
        public void kept(TlsException why) {
            throw new AssertionError(why);
        }

        @Override
        public void expired(Instant end) {
            throw new AssertionError("Expired.");
        }
    }

    /** What came of the lookups between two looks. */
    record Outcome(long hits, long loads, long failures, long lost, int wrong) {

        Outcome since(Outcome before) {
            return new Outcome(
                    hits - before.hits, loads - before.loads, failures - before.failures, lost - before.lost, wrong);
        }

        static Outcome of(String line) {
            String[] numbers = line.split(" ", -1);
            return new Outcome(
                    Long.parseLong(numbers[0]),
                    Long.parseLong(numbers[1]),
                    Long.parseLong(numbers[2]),
                    Long.parseLong(numbers[3]),
                    Integer.parseInt(numbers[4]));
        }

        String line() {
            return hits + " " + loads + " " + failures + " " + lost + " " + wrong;
        }
    }

    CrowdedNode(int port, int connections, @Nullable TlsUpgrade encryption) {
        RedisSettings settings = new RedisSettings(
                new Endpoint.ServerEndpoint(new HostPort("127.0.0.1", port)),
                new ConnectionSettings(Credentials.NONE, encryption, 0, null),
                new PoolSettings(TIMEOUT, Duration.ofSeconds(1), connections),
                new CircuitBreakerSettings(5, Duration.ofSeconds(2)));
        store = new JedisStore(settings, Duration.ofSeconds(30));
        engine = new Engine(Settings.ports(store, events, System::nanoTime), ProtocolSettings.defaults());
        engine.recoverOn(clock);
    }

    /** Connects to {@code port}, by TLS if there is the certificate of an authority; then does what each line says. */
    public static void main(String[] arguments) throws Exception {
        @Nullable TlsUpgrade encryption = arguments.length < 2
                ? null
                : new ReloadingTls(
                        new TlsFiles(Map.of(TlsPart.CA, Path.of(arguments[1])), Map.of(), true),
                        new Unimpressed(),
                        InstantSource.system());
        try (CrowdedNode node = new CrowdedNode(Integer.parseInt(arguments[0]), 4, encryption)) {
            for (String line = readLine(); !line.isEmpty(); line = readLine()) {
                String[] numbers = line.split(" ", -1);
                int threads = Integer.parseInt(numbers[0]);
                int lookups = Integer.parseInt(numbers[1]);
                Outcome outcome = node.lookUp(threads, lookups, Integer.parseInt(numbers[2]));
                System.out.println("out " + outcome.line());
            }
        }
        System.exit(0);
    }

    private static String readLine() throws Exception {
        StringBuilder line = new StringBuilder();
        for (int next = System.in.read(); next > 0 && next != '\n'; next = System.in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    Outcome total() {
        return new Outcome(
                counters.of(Event.HIT),
                counters.of(Event.LOAD),
                counters.of(Event.FAILURE),
                events.all().stream().filter("lost"::equals).count(),
                wrong.get());
    }

    /** As many threads look up as many keys each, all at once, with pauses of up to so many milliseconds. */
    Outcome lookUp(int threads, int lookups, int pause) throws InterruptedException {
        Outcome before = total();
        CountDownLatch start = new CountDownLatch(1);
        List<Started<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(Started.of(() -> {
                start.await();
                for (int j = 0; j < lookups; j++) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                            ThreadLocalRandom.current().nextInt(pause + 1)));
                    lookUp(ThreadLocalRandom.current().nextInt(50));
                }
                return true;
            }));
        }
        start.countDown();
        for (Started<Boolean> one : all) {
            one.awaitEnd();
        }
        return total().since(before);
    }

    private void lookUp(int row) throws Exception {
        String value = engine.read(binding, SPACE.key("row" + row), () -> {
                    LockSupport.parkNanos(LOAD);
                    return "v" + row;
                })
                .value();
        if (!("v" + row).equals(value)) {
            wrong.incrementAndGet();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        store.close();
    }
}
