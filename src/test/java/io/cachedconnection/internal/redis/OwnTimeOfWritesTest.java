package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Peer;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Relay;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.Started;
import io.cachedconnection.testing.TextCodec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** Writes on a real Redis behind a way that is slow, or cut for a while: they wait for it longer than lookups do. */
class OwnTimeOfWritesTest {

    private static final KeySpace SPACE = KeySpace.of("c", "own-time");
    private static final Duration LOOKUP = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(5);

    private static RedisProcess redis;

    @BeforeAll
    static void start() {
        redis = RedisProcess.started();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private final EntryKey key =
            SPACE.key(UUID.randomUUID().toString()); // what a test leaves announced is no other's concern
    /** What the nodes read and write. */
    private final AtomicReference<String> row = new AtomicReference<>("old");

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static Duration taken(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** A node with lookups that wait for 100 ms, on one connection. */
    private final class Node implements AutoCloseable {

        private final JedisStore store;
        private final Engine engine;
        private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
        private final NotedEvents events = new NotedEvents();
        private final CacheBinding<String> binding = new CacheBinding<>(
                new Cache("c", Settings::cache, new CacheCounters()),
                new TextCodec(),
                EntryFormat.none(),
                TtlChoice.annotated(null));

        Node(int port, Duration evictTimeout, OnFailure onFailure) {
            this(port, evictTimeout, onFailure, false);
        }

        /** Without a time of their own, writes are not done while lookups leave Redis alone: as it was. */
        Node(int port, Duration evictTimeout, OnFailure onFailure, boolean asLookups) {
            RedisSettings usual = Settings.redis(URI.create("redis://127.0.0.1:" + port), LOOKUP);
            store = new JedisStore(
                    new RedisSettings(
                            usual.place(),
                            usual.access(),
                            new PoolSettings(LOOKUP, Duration.ofSeconds(2), 1),
                            new CircuitBreakerSettings(5, Duration.ofSeconds(2))),
                    Duration.ofSeconds(30));
            ProtocolSettings defaults = ProtocolSettings.defaults();
            ProtocolSettings protocol = new ProtocolSettings(
                    LOOKUP,
                    defaults.leaseTimeout(),
                    defaults.leaseWait(),
                    defaults.maxTransactionAge(),
                    defaults.replicaLag(),
                    evictTimeout,
                    onFailure,
                    defaults.journalSize());
            engine = new Engine(
                    Settings.ports(asLookups ? unprotected(store) : store, events, System::nanoTime), protocol);
            engine.recoverOn(clock);
        }

        private static RemoteStore unprotected(JedisStore store) {
            return (RemoteStore) Proxy.newProxyInstance(
                    RemoteStore.class.getClassLoader(), new Class<?>[] {RemoteStore.class}, (proxy, method, given) -> {
                        if (method.getName().equals("takesWrites")) {
                            return store.isAnswering((Target) given[0]);
                        }
                        try {
                            return method.invoke(store, given);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        String read(EntryKey wanted) {
            try {
                return engine.read(binding, wanted, row::get).value();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        void write(String value) {
            writeAll(List.of(key), value);
        }

        void writeAll(List<Target> keys, String value) {
            try {
                engine.write(keys, changes -> {
                    row.set(value);
                    return null;
                });
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        boolean isRefused(String value) {
            try {
                write(value);
                return false;
            } catch (RefusedWriteException e) {
                return true;
            }
        }

        /** Looks up until it is left alone. */
        void tireLookups() {
            for (int i = 0; i < 1000 && store.isAnswering(key); i++) {
                read(SPACE.key("noise" + i));
            }
            assertThat(store.isAnswering(key)).isFalse();
        }

        @Override
        public void close() {
            clock.shutdownNow();
            engine.close();
            store.close();
        }
    }

    /** As a reader that has the row in Redis, on a good way. */
    private Node fresh() {
        Node other = new Node(redis.port(), LONG, OnFailure.RETRY);
        await(() ->
                other.read(key) != null && other.engine.find(other.binding, key).value() != null);
        return other;
    }

    @Test
    void write_redisTooSlowForLookups_isSeenElsewhere() {
        try (Relay way = new Relay(redis.port());
                Node other = fresh();
                Node node = new Node(way.port(), LONG, OnFailure.RETRY)) {
            node.read(key);
            way.delay(150); // each lookup is late
            node.tireLookups();
            for (int i = 0; i < 5; i++) {
                other.read(key);
                node.write("new" + i);

                assertThat(other.read(key)).isEqualTo("new" + i);
            }
        }
    }

    @Test
    void write_redisTooSlowForLookupsAndNoTimeOfTheirOwn_isNotSeenElsewhere() {
        try (Relay way = new Relay(redis.port());
                Node other = fresh();
                Node node = new Node(way.port(), LONG, OnFailure.RETRY, true)) {
            node.read(key);
            way.delay(150);
            node.tireLookups();
            node.write("new");

            assertThat(other.read(key)).isNotEqualTo("new");
        }
    }

    @Test
    void write_manyMoreLookupsThanRedisCanServe_isNeitherRefusedNorStale() {
        AtomicBoolean over = new AtomicBoolean();
        try (Relay way = new Relay(redis.port());
                Node other = fresh();
                Node node = new Node(way.port(), LONG, OnFailure.FAIL)) {
            node.read(key);
            way.delay(60);
            List<Started<Boolean>> crowd = IntStream.range(0, 200)
                    .mapToObj(caller -> Started.of(() -> {
                        for (int i = 0; !over.get(); i++) {
                            node.read(SPACE.key("noise" + (caller * 31 + i) % 50));
                            LockSupport.parkNanos(1_000_000);
                        }
                        return true;
                    }))
                    .toList();
            try {
                for (int i = 0; i < 20; i++) {
                    other.read(key);
                    node.write("new" + i);

                    assertThat(other.read(key)).isEqualTo("new" + i);
                }
            } finally {
                over.set(true);
            }
            crowd.forEach(caller -> assertThat(caller.result()).isTrue());
        }
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void write_redisStallsForLessThanAWriteWaits_isNeitherRefusedNorStale(OnFailure onFailure) {
        try (Relay way = new Relay(redis.port());
                Node other = fresh();
                Node node = new Node(way.port(), LONG, onFailure);
                Node impatient = new Node(way.port(), Duration.ofMillis(200), OnFailure.FAIL)) {
            node.write("first");
            await(() -> !impatient.isRefused("first"));
            other.read(key);
            way.hold();
            Started<Boolean> write = Started.of(() -> node.isRefused("new"));
            assertThat(impatient.isRefused("never")).isTrue(); // the same with less time
            assertThat(write.isOver()).isFalse();
            way.release();

            assertThat(write.result()).isFalse();
            assertThat(other.read(key)).isEqualTo("new");
        }
    }

    @Test
    void write_redisRestartsMeanwhile_isNotRefused() {
        try (RedisProcess own = RedisProcess.started();
                Node node = new Node(own.port(), LONG, OnFailure.FAIL)) {
            node.write("first");
            own.kill();
            Started<Boolean> write = Started.of(() -> node.isRefused("new"));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            assertThat(write.isOver()).isFalse();
            own.start();

            assertThat(write.result()).isFalse();
        }
    }

    @Test
    void write_redisGone_waitsOnceAndIsRefusedAtOnceUntilItIsBack() {
        Duration evictTimeout = Duration.ofSeconds(1);
        try (Relay way = new Relay(redis.port());
                Node node = new Node(way.port(), evictTimeout, OnFailure.FAIL)) {
            await(() -> !node.isRefused("first"));
            way.hold();
            assertThat(taken(() -> assertThat(node.isRefused("never")).isTrue()))
                    .isBetween(evictTimeout.dividedBy(2), evictTimeout.multipliedBy(10));
            assertThat(taken(() -> IntStream.range(0, 50)
                            .forEach(i -> assertThat(node.isRefused("never")).isTrue())))
                    .isLessThan(evictTimeout.multipliedBy(10)); // not 50 times
            way.release();

            await(() -> !node.isRefused("new"));
        }
    }

    @Test
    void write_redisGoneAndRetried_isCaughtUpOnWhenItIsBack() {
        try (Relay way = new Relay(redis.port());
                Node other = fresh();
                Node node = new Node(way.port(), Duration.ofMillis(200), OnFailure.RETRY)) {
            node.write("first");
            other.read(key);
            way.hold();
            node.write("new");
            way.release();

            await(() -> other.read(key).equals("new"));
            assertThat(node.read(key)).isEqualTo("new");
            await(
                    () -> { // delivered: until then its node passes Redis by
                        other.read(key);
                        return "new".equals(node.engine.find(node.binding, key).value());
                    });
        }
    }

    @Test
    void write_interruptedWhileRedisStalls_isNotRefusedAndStaysInterrupted() {
        try (Relay way = new Relay(redis.port());
                Node other = fresh();
                Node node = new Node(way.port(), LONG, OnFailure.FAIL)) {
            node.write("first");
            other.read(key);
            way.hold();
            Started<Boolean> write = Started.of(() -> {
                Thread.currentThread().interrupt();
                return !node.isRefused("new") && Thread.interrupted();
            });
            List<Started<Boolean>> riders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                riders.add(Started.of(() -> !node.isRefused("new") && Thread.interrupted()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            riders.forEach(Started::interrupt); // some of them wait for a connection
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            way.release();

            assertThat(write.result()).isTrue();
            riders.forEach(rider -> assertThat(rider.result()).isTrue());
            assertThat(other.read(key)).isEqualTo("new");
        }
    }

    @Test
    void write_hundredKeysAndRedisHangs_waitsOnce() {
        Duration evictTimeout = Duration.ofMillis(500);
        List<Target> keys = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> keys.add(SPACE.key("k" + i)));
        try (Relay way = new Relay(redis.port());
                Node node = new Node(way.port(), evictTimeout, OnFailure.RETRY)) {
            node.writeAll(keys, "first");
            way.hold();

            assertThat(taken(() -> node.writeAll(keys, "new"))).isLessThan(evictTimeout.multipliedBy(20));
            way.release();
        }
    }

    @Test
    void close_evictionUndeliveredAndRedisHangs_endsInTimeAndSaysSo() {
        Duration evictTimeout = Duration.ofMillis(300);
        try (Relay way = new Relay(redis.port())) {
            Node node = new Node(way.port(), evictTimeout, OnFailure.RETRY);
            node.write("first");
            way.hold();
            node.write("new");

            assertThat(taken(node::close)).isLessThan(evictTimeout.multipliedBy(20));
            assertThat(node.events.all()).contains("evictions lost: 1");
        }
    }

    @Test
    void begin_redisRefusesForGood_waitsOnce() throws Exception {
        long nanos = TimeUnit.SECONDS.toNanos(1);
        try (Peer peer = Peer.answering("-OOM command not allowed\r\n".getBytes(US_ASCII));
                JedisStore store =
                        new JedisStore(Settings.redis(URI.create("redis://127.0.0.1:" + peer.port()), LOOKUP), LONG)) {
            long first = took(store, nanos);
            assertThat(store.takesWrites(key)).isFalse();
            for (int i = 0; i < 5; i++) {
                await(() -> {
                    revive(store);
                    return store.takesWrites(key); // it lets connections be made
                });
                assertThat(took(store, nanos)).isLessThan(nanos / 2);
            }
            assertThat(first).isGreaterThan(nanos / 2);
            assertThat(store.isAnswering(key)).isTrue(); // lookups find out for themselves
        }
    }

    /** On a busy machine the other write may wait in the batch of the one that is stuck, and then nothing succeeds meanwhile. */
    @Test
    void begin_anotherWriteSucceedsMeanwhile_isNotTheServersFault() throws Exception {
        int attempts = 1;
        while (!hasAnotherWriteSucceededMeanwhile()) {
            assertThat(attempts++).isLessThan(10);
        }
    }

    private boolean hasAnotherWriteSucceededMeanwhile() throws Exception {
        EntryKey stuck = SPACE.key("stuck");
        AtomicBoolean isStuck = new AtomicBoolean();
        try (Peer peer = Peer.greeting((request, out) -> {
                    if (request.contains("stuck")) {
                        isStuck.set(true);
                        new CountDownLatch(1).await(2, TimeUnit.SECONDS);
                    }
                    out.write("$3\r\nYES\r\n".getBytes(US_ASCII));
                });
                JedisStore store =
                        new JedisStore(Settings.redis(URI.create("redis://127.0.0.1:" + peer.port()), LOOKUP), LONG)) {
            store.begin(key, "W1", LONG.toNanos());
            Started<Boolean> late = Started.of(() -> {
                assertThat(catchThrowableOfType(
                                StoreException.class,
                                () -> store.begin(stuck, "W2", TimeUnit.MILLISECONDS.toNanos(500))))
                        .isNotNull();
                return true;
            });
            boolean hasSucceeded = false;
            while (!late.isOver()) {
                boolean isMeanwhile = isStuck.get();
                store.begin(key, "W3", LONG.toNanos());
                hasSucceeded |= isMeanwhile && !late.isOver();
            }

            assertThat(late.result()).isTrue();
            assertThat(store.takesWrites(key) || !hasSucceeded).isTrue();
            return hasSucceeded;
        }
    }

    private long took(JedisStore store, long nanos) {
        long start = System.nanoTime();
        assertThat(catchThrowableOfType(StoreException.class, () -> store.begin(key, "W1", nanos)))
                .isNotNull();
        return System.nanoTime() - start;
    }

    private static void revive(JedisStore store) {
        try {
            store.revive(LOOKUP.toNanos());
        } catch (StoreException e) {
            LockSupport.parkNanos(1); // of lookups
        }
    }

    @Test
    void write_itsConnectionIsKilled_goesOnAnother() {
        try (Node node = new Node(redis.port(), LONG, OnFailure.FAIL);
                Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            for (int i = 0; i < 10; i++) {
                node.write("new" + i);
                jedis.clientKill(new ClientKillParams().type(ClientType.NORMAL).skipMe(ClientKillParams.SkipMe.YES));
            }
        }
    }
}
