package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.tls.ReloadingTls;
import io.cachedconnection.internal.tls.TlsEvents;
import io.cachedconnection.internal.tls.TlsException;
import io.cachedconnection.internal.tls.TlsFiles;
import io.cachedconnection.internal.tls.TlsPart;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import redis.clients.jedis.Jedis;

/**
 * A JVM of the tests of virtual threads, which are called by reflection, for the tests are compiled for Java 17. Does one of
 * the scenarios below, and tells what came of it in lines of a name and a number.
 */
final class VirtualThreadsNode implements AutoCloseable {

    private static final KeySpace SPACE = KeySpace.of("virtual", "");
    private static final int KEYS = 200;
    private static final int WRITTEN = KEYS / 2;
    private static final int CONNECTIONS = 4;
    private static final int CROWD = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20); // the machine of a build may be busy

    private final CacheCounters counters = new CacheCounters();
    private final NotedEvents events = new NotedEvents();
    private final JedisStore store;
    private final Engine engine;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final CacheBinding<String> binding = new CacheBinding<>(
            new Cache("virtual", Settings::cache, counters),
            new TextCodec(),
            EntryFormat.none(),
            TtlChoice.annotated(null));

    private VirtualThreadsNode(RedisSettings settings) {
        store = new JedisStore(settings, Duration.ofSeconds(30));
        engine = new Engine(
                Settings.ports(store, events, System::nanoTime), Settings.protocol(PATIENCE, OnFailure.FAIL));
        engine.recoverOn(clock);
    }

    public static void main(String[] arguments) throws Exception {
        URI redis = URI.create(arguments[1]);
        RedisSettings settings = settings(redis, arguments);
        try (VirtualThreadsNode node = new VirtualThreadsNode(settings)) {
            switch (arguments[0]) {
                case "crowd" -> node.crowd();
                case "interrupts" -> node.interruptsInReads(redis);
                case "everything" -> node.everything(settings);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
        System.exit(0);
    }

    /** The way to Redis: in the clear, by the Unix socket with this path, or encrypted, by this port and authority. */
    private static RedisSettings settings(URI redis, String... arguments) throws Exception {
        Endpoint endpoint = new Endpoint.ServerEndpoint(new HostPort(redis.getHost(), redis.getPort()));
        ReloadingTls reloadingTls = null;
        if (arguments.length == 3) {
            endpoint = new Endpoint.UnixSocketEndpoint(arguments[2]);
        } else if (arguments.length == 4) {
            endpoint = new Endpoint.ServerEndpoint(new HostPort("localhost", Integer.parseInt(arguments[2])));
            TlsFiles files = new TlsFiles(Map.of(TlsPart.CA, Path.of(arguments[3])), Map.of(), true);
            reloadingTls = new ReloadingTls(files, new NoTls(), InstantSource.system());
        }
        return new RedisSettings(
                endpoint,
                new ConnectionSettings(Credentials.NONE, reloadingTls, 0, null),
                new PoolSettings(PATIENCE, PATIENCE, CONNECTIONS),
                new CircuitBreakerSettings(5, Duration.ofSeconds(2)));
    }

    private static final class NoTls implements TlsEvents {
        @Override
        public void kept(TlsException why) {
            throw new AssertionError(why);
        }

        @Override
        public void expired(Instant end) {
            throw new AssertionError(end);
        }
    }

    private static void tell(String name, long number) {
        System.out.println(name + " " + number);
    }

    private static ExecutorService virtual() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private static void all(List<Callable<Void>> tasks) throws Exception {
        try (AutoCloseable closing = (AutoCloseable) virtual()) {
            for (Future<Void> done : ((ExecutorService) closing).invokeAll(tasks)) {
                done.get();
            }
        }
    }

    /** All want some of a few keys at once, cold, and then once more. */
    private void crowd() throws Exception {
        for (String round : List.of("cold", "warm")) { // classes are initialized in the first one, which pins
            AtomicInteger loads = new AtomicInteger();
            List<Callable<Void>> lookups = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                String key = "k" + i % KEYS;
                lookups.add(() -> {
                    String value = engine.read(binding, SPACE.key(key), () -> {
                                loads.incrementAndGet();
                                Thread.sleep(5);
                                return key;
                            })
                            .value();
                    if (!value.equals(key)) {
                        throw new AssertionError("The value of another key.");
                    }
                    return null;
                });
            }
            long start = System.nanoTime();
            tell(round + "-pinned", pinned(round.equals("warm"), () -> all(lookups)));
            tell(round + "-milliseconds", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            tell(round + "-loads", loads.get());
        }
        tell("failures", counters.of(Event.FAILURE));
        tell("told", events.all().size());
    }

    /** One thread after the other is interrupted while it waits for a Redis that answers later. */
    private void interruptsInReads(URI redis) throws Exception {
        store.find(SPACE.key("a"), PATIENCE.toNanos());
        int interrupted = 0;
        try (Jedis jedis = new Jedis(redis)) {
            long connected = connected(jedis);
            for (int i = 0; i < 100 && interrupted < 20; i++) { // the answer may come first
                jedis.clientPause(300);
                AtomicReference<Object> outcome = new AtomicReference<>("nothing");
                AtomicReference<Thread> victim = new AtomicReference<>();
                try (AutoCloseable closing = (AutoCloseable) virtual()) {
                    Future<?> lookup = ((ExecutorService) closing).submit(() -> {
                        victim.set(Thread.currentThread());
                        try {
                            store.find(SPACE.key("a"), PATIENCE.toNanos());
                        } catch (StoreException e) {
                            outcome.set(Thread.currentThread().isInterrupted() ? e.reason() : "lost its interrupt");
                        }
                    });
                    awaitWaiting(victim);
                    victim.get().interrupt();
                    lookup.get();
                }
                interrupted += outcome.get() == StoreException.Reason.INTERRUPTED ? 1 : 0;
                store.find(SPACE.key("a"), PATIENCE.toNanos());
            }
            tell("connected", connected(jedis) - connected);
        }
        tell("interrupted", interrupted);
        tell("calm", store.isCalm() ? 1 : 0);
    }

    private static void awaitWaiting(AtomicReference<Thread> thread) {
        Set<Thread.State> waiting = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);
        while (thread.get() == null || !waiting.contains(thread.get().getState())) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // it may have waited for a class
    }

    /** How many connections there have been. */
    private static long connected(Jedis jedis) {
        return jedis.info("stats")
                .lines()
                .filter(line -> line.startsWith("total_connections_received:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    /**
     * Lookups and writes on two nodes. One in ten is interrupted at a moment of chance. Half of the keys are never written: who
     * looks one up and is not interrupted gets it from Redis, even if others fail.
     */
    private void everything(RedisSettings settings) throws Exception {
        try (VirtualThreadsNode other = new VirtualThreadsNode(settings)) {
            everything(other);
        }
    }

    private void everything(VirtualThreadsNode other) throws Exception {
        Rows rows = new Rows();
        for (String round : List.of("first", "second")) { // classes are initialized in the first one, which pins
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                VirtualThreadsNode node = i % 2 == 0 ? this : other;
                int key = new Random(i).nextInt(KEYS);
                boolean isInterrupted = i % 10 == 0;
                Callable<Void> task = i % 100 < 2 || i % 100 == 10
                        ? () -> node.write(key % WRITTEN, rows)
                        : () -> node.look(key, rows, !isInterrupted);
                tasks.add(isInterrupted ? () -> interrupted(task, rows.interrupts) : task);
            }
            for (int key = 0; key < KEYS; key++) {
                look(key, rows, false);
            }
            tell(round + "-pinned", pinned(round.equals("second"), () -> all(tasks)));
        }
        for (int key = 0; key < KEYS; key++) {
            other.look(key, rows, false);
            look(key, rows, false);
        }
        tell("stale", rows.stale.get());
        tell("harmed", rows.harmed.get());
        tell("interrupts", rows.interrupts.get());
        tell("calm", store.isCalm() && other.store.isCalm() ? 1 : 0);
        tell("told", events.all().size() + other.events.all().size());
    }

    /** A table, and what was noticed of it. */
    private static final class Rows {
        final AtomicIntegerArray committed = new AtomicIntegerArray(KEYS);
        final AtomicIntegerArray returned = new AtomicIntegerArray(KEYS); // by writes that are over
        final AtomicInteger stale = new AtomicInteger();
        final AtomicInteger harmed = new AtomicInteger(); // went to the table though Redis has the row
        final AtomicInteger interrupts = new AtomicInteger();
    }

    private Void look(int key, Rows rows, boolean isStrict) throws Exception {
        int least = rows.returned.get(key);
        String seen = engine.read(binding, SPACE.key("r" + key), () -> {
                    if (isStrict && key >= WRITTEN) {
                        rows.harmed.incrementAndGet();
                    }
                    return String.valueOf(rows.committed.get(key));
                })
                .value();
        if (Integer.parseInt(seen) < least) {
            rows.stale.incrementAndGet();
        }
        return null;
    }

    private Void write(int key, Rows rows) throws Exception {
        int version = engine.write(List.of(SPACE.key("r" + key)), changes -> rows.committed.incrementAndGet(key));
        rows.returned.accumulateAndGet(key, version, Math::max);
        return null;
    }

    /** Does {@code task} on a thread that is interrupted soon. */
    private static Void interrupted(Callable<Void> task, AtomicInteger interrupts) throws Exception {
        Thread victim = Thread.currentThread();
        long moment = ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(5));
        Thread interrupter = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable) () -> {
                    LockSupport.parkNanos(moment);
                    victim.interrupt();
                });
        task.call();
        if (Thread.interrupted()) {
            interrupts.incrementAndGet();
        }
        while (interrupter.isAlive()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return null;
    }

    private interface Work {
        void run() throws Exception;
    }

    /** How often a carrier could not be left while {@code work} was done, because of this library; if that is to be told. */
    private static long pinned(boolean isTold, Work work) throws Exception {
        if (!isTold) {
            work.run();
            return 0;
        }
        Path file = Files.createTempFile("pinned", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withStackTrace().withoutThreshold();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
            return pinned(file);
        } finally {
            Files.delete(file);
        }
    }

    private static long pinned(Path recording) throws IOException {
        long count = 0;
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            if (event.getEventType().getName().equals("jdk.VirtualThreadPinned")
                    && event.getStackTrace() != null
                    && event.getStackTrace().getFrames().stream()
                            .map(frame -> frame.getMethod().getType().getName())
                            .anyMatch(type -> type.startsWith("io.cachedconnection.internal.")
                                    && !type.startsWith(VirtualThreadsNode.class.getName()))) {
                System.err.println(event);
                count++;
            }
        }
        return count;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        engine.close();
        store.close();
    }
}
