package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cachedconnection.internal.endpoint.ServerEvents;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.RemoteStoreContract;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.WriteStep;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.Started;
import io.cachedconnection.testing.TestRedis;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/** Redis keeps the contract, whichever it is. Those of Docker are tried where their image is, and say so where not. */
class JedisStoreContractTest {

    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class OnRedis extends RemoteStoreContract {

        private final Queue<String> mended = new ConcurrentLinkedQueue<>();
        private final ServerEvents events = new ServerEvents() {
            @Override
            public void fenceMended(String cache) {
                mended.add(cache);
            }
        };
        private JedisStore store;
        private Jedis redis;
        private URI uri;

        abstract URI uri();

        @BeforeAll
        void open() {
            uri = uri();
            redis = new Jedis(uri);
            store = new JedisStore(Settings.redis(uri), MAX_TRANSACTION_AGE, MAX_TRANSACTION_AGE, events);
            awaitSettled(store);
        }

        /** A Redis that has only just begun lets no node fill that may be looking at an older state of the database. */
        static void awaitSettled(JedisStore store) {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (acquire(store, freshKey(), Duration.ofSeconds(1)) == Verdict.OLD && System.nanoTime() < deadline) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }

        private static Verdict acquire(JedisStore store, EntryKey key, Duration settle) {
            return store.acquire(key, new LeaseRequest("L1", settle, Duration.ofSeconds(9), Duration.ofHours(1)), NANOS)
                    .verdict();
        }

        @AfterAll
        void close() {
            if (store != null) {
                store.close();
                redis.close();
            }
        }

        @Override
        protected RemoteStore store() {
            return store;
        }

        /** Redis has a clock of its own, so this time really passes. */
        @Override
        protected void pass(Duration time) {
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }

        private static EntryKey freshKey() {
            return KeySpace.of("scripts", "t" + UUID.randomUUID()).key("1");
        }

        @Test
        void scripts_flushed_areSentAgain() {
            EntryKey key = freshKey();
            store.begin(key, "W1", NANOS);
            redis.scriptFlush();
            store.end(key, "W1", Outcome.COMMITTED, NANOS);
            redis.scriptFlush();

            assertThat(store.acquire(
                                    key,
                                    new LeaseRequest("L1", Duration.ZERO, Duration.ofSeconds(9), Duration.ofHours(1)),
                                    NANOS)
                            .verdict())
                    .isEqualTo(Verdict.LEASED);
        }

        @Test
        void steps_scriptsFlushed_areSentAgain() {
            List<EntryKey> keys =
                    IntStream.range(0, 150).mapToObj(i -> freshKey()).toList();
            redis.scriptFlush();
            List<Response<Boolean>> begun = store.steps(
                    keys.stream().map(key -> WriteStep.begin(key, "W1")).toList(), NANOS);

            assertThat(begun).extracting(Response::get).hasSize(150).containsOnly(true);
            assertThat(keys).allMatch(key -> redis.hexists(key.fence(), "w:W1"));
        }

        @Test
        void steps_oneFenceIsSpoilt_isSaidAndTheOthersGoOn() {
            List<EntryKey> keys =
                    IntStream.range(0, 5).mapToObj(i -> freshKey()).toList();
            redis.set(keys.get(2).fence(), "no fence");
            mended.clear();
            List<Response<Boolean>> begun = store.steps(
                    keys.stream().map(key -> WriteStep.begin(key, "W1")).toList(), NANOS);

            assertThat(begun).extracting(Response::get).hasSize(5).containsOnly(true);
            assertThat(mended).containsExactly("scripts");
            assertThat(keys).allMatch(key -> redis.hexists(key.fence(), "w:W1"));
        }

        @Test
        void findEntry_nothingEndsIt_livesVeryLong() {
            EntryKey key = freshKey();
            redis.set(key.text(), "x");

            assertThat(store.findEntry(key, NANOS).life()).isGreaterThan(Duration.ofDays(365));
        }

        @Test
        void findEntry_noText_isEmptyAndOver() {
            EntryKey key = freshKey();
            redis.lpush(key.text(), "x");

            assertThat(store.findEntry(key, NANOS).payload()).isEmpty();
            assertThat(store.findEntry(key, NANOS).life()).isZero();
        }

        @Test
        void hear_valueRunsOut_isAChange() {
            EntryKey key = freshKey();
            NotedHearing hearing = new NotedHearing(Duration.ofSeconds(5));
            store.hear(Set.of(key.space().prefix() + ":"), hearing);
            hearing.awaitBeginning(1);
            redis.set(key.text(), "x", SetParams.setParams().px(20));

            hearing.await(() -> hearing.changed().size() == 2, "changed twice");
            assertThat(hearing.changed()).containsOnly(key.text());
        }

        /** What a writer was told of before a moment that is proven has been heard when it is. */
        @Test
        void hear_provenWhileManyWrite_nothingIsHeardLater() {
            Witness witness = new Witness();
            String prefix = "witness" + UUID.randomUUID() + ":";
            store.hear(Set.of(prefix), witness);
            witness.awaitBeginning(1);
            List<Started<Integer>> writers = IntStream.range(0, 4)
                    .mapToObj(i -> Started.of(() -> witness.write(uri, prefix + i + ":")))
                    .toList();
            int written = writers.stream().mapToInt(Started::result).sum();
            witness.awaitNow();
            witness.awaitNow();

            assertThat(written).isGreaterThan(4000);
            assertThat(witness.checked()).isEqualTo(written);
            assertThat(witness.late()).isZero();
            assertThat(witness.failures()).isEmpty();
            System.out.println("Writes that were heard in time: " + written);
        }

        @Test
        void fence_afterAnEviction_runsOutByItself() {
            EntryKey key = freshKey();
            store.evict(key, NANOS);
            assertThat(redis.pttl(key.fence())).isBetween(1L, MAX_TRANSACTION_AGE.toMillis() + 2);

            store.begin(key, "W1", NANOS);
            assertThat(redis.pttl(key.fence()))
                    .isBetween(MAX_TRANSACTION_AGE.toMillis(), 2 * MAX_TRANSACTION_AGE.toMillis() + 2);
        }

        @Test
        void fence_holdsGarbage_countsAsAWriteOfNow() {
            EntryKey key = freshKey();
            redis.hset(key.fence(), "evicted", "yesterday");
            redis.hset(key.fence(), "w:", "");
            redis.hset(key.fence(), "lease", "?");

            assertThat(acquire(store, key, Duration.ZERO)).isEqualTo(Verdict.FENCED);
            pass(MAX_TRANSACTION_AGE.plusMillis(50));
            assertThat(acquire(store, key, Duration.ofSeconds(1))).isEqualTo(Verdict.OLD);
            assertThat(acquire(store, key, Duration.ZERO)).isEqualTo(Verdict.LEASED);
        }

        /** A put may be announced at the end of a transaction, and end as late again without touching the fence of its tag. */
        @Test
        void fence_ofATag_livesForTwoOfTheLongestTransactions() {
            EntryKey tag =
                    KeySpace.ofTags("t" + UUID.randomUUID(), KeyNames.clear()).key("customer:1");
            store.evict(tag, NANOS);
            assertThat(redis.pttl(tag.fence()))
                    .isBetween(3 * MAX_TRANSACTION_AGE.toMillis() / 2, 2 * MAX_TRANSACTION_AGE.toMillis() + 2);
        }

        @Test
        void fence_momentsThatNoNodeCanMean_areReplacedAndWritesGoOn() {
            List<EntryKey> keys = new ArrayList<>();
            for (String deadline : List.of("99999999999999999999999 1", "9007199254740992 1", "9".repeat(400) + " 1")) {
                EntryKey key = freshKey();
                keys.add(key);
                redis.hset(key.fence(), "w:x", deadline);
                redis.hset(key.fence(), "lease", "x 9007199254740992");
                redis.hset(key.space().fence(), "evicted", deadline);
                redis.pexpire(key.space().fence(), Long.MAX_VALUE / 4_000_000);

                assertThat(acquire(store, key, Duration.ZERO)).isEqualTo(Verdict.FENCED);
                store.begin(key, "W1", NANOS);
                store.end(key, "W1", Outcome.COMMITTED, NANOS);
            }
            pass(MAX_TRANSACTION_AGE.plusMillis(50));
            for (EntryKey key : keys) {
                assertThat(acquire(store, key, Duration.ofSeconds(60))).isEqualTo(Verdict.OLD);
                assertThat(acquire(store, key, Duration.ofMillis(10))).isEqualTo(Verdict.LEASED);
                assertThat(redis.pttl(key.fence())).isBetween(1L, 20_000L);
            }
        }

        @Test
        void fence_holdsAnythingAtAll_isMendedSaidAndOverInTime() {
            long now = System.currentTimeMillis() * 1000;
            Random random = new Random(17);
            byte[] bytes = new byte[300];
            random.nextBytes(bytes);
            List<String> values = List.of(
                    "",
                    " ",
                    "nan",
                    "inf",
                    "-1 -1",
                    "0x10 -1",
                    "1e300 1e3",
                    "1 x",
                    "\0\n",
                    now + "abc",
                    now + " " + (now + 60_000_000_000L),
                    "9".repeat(400),
                    "x".repeat(250_000),
                    new String(bytes, ISO_8859_1));
            for (String field : List.of("lease", "evicted", "w:W1", "w:", "other", "")) {
                for (String value : values) {
                    EntryKey key = freshKey();
                    for (String fence : List.of(key.fence(), key.space().fence())) {
                        mended.clear();
                        redis.hset(fence, field, value);
                        assertUsable(key, field + "=" + value);
                        assertThat(mended).as("%s=%s", field, value).contains("scripts");
                        redis.del(fence);
                    }
                }
            }
        }

        /** Under the name that the fill is given, and as nothing at all. */
        @Test
        void fill_leaseThatNoNodeCanHaveMeant_isNobodys() {
            long far = (System.currentTimeMillis() + Duration.ofDays(1).toMillis()) * 1000;
            StoredEntry storedEntry = new StoredEntry(new byte[] {1}, Duration.ofMinutes(1));
            for (String lease : List.of("L1 " + far, "L1 x", "L1", "")) {
                EntryKey key = freshKey();
                redis.hset(key.fence(), "lease", lease);

                assertThat(store.fill(key, "L1", storedEntry, NANOS)).as(lease).isFalse();
                assertThat(store.release(key, "L1", NANOS)).as(lease).isFalse();
            }
            EntryKey key = freshKey();
            redis.set(key.fence(), "no hash");

            assertThat(store.fill(key, "L1", storedEntry, NANOS)).isFalse();
            assertThat(acquire(store, key, Duration.ZERO)).isEqualTo(Verdict.LEASED);
        }

        @Test
        void fence_ofAClockThatWasAMomentAhead_isMendedInSilence() {
            EntryKey key = freshKey();
            long soon = (System.currentTimeMillis() + 30_000) * 1000;
            redis.hset(key.fence(), "evicted", String.valueOf(soon));
            redis.hset(key.fence(), "w:W1", soon + " " + soon);
            mended.clear();

            assertThat(acquire(store, key, Duration.ZERO)).isEqualTo(Verdict.FENCED);
            assertThat(Long.parseLong(redis.hget(key.fence(), "evicted"))).isLessThan(soon);
            assertThat(redis.hget(key.fence(), "w:W1")).doesNotContain(" " + soon);
            assertThat(mended).isEmpty();
        }

        private void assertUsable(EntryKey key, String what) {
            String lease = "L" + UUID.randomUUID();
            store.acquire(
                    key,
                    new LeaseRequest(lease, Duration.ofMillis(1), Duration.ofSeconds(9), Duration.ofHours(1)),
                    NANOS);
            store.fill(key, lease, new StoredEntry(new byte[] {1}, Duration.ofMinutes(1)), NANOS);
            store.release(key, lease, NANOS);
            store.begin(key, "W1", NANOS);
            store.beginAll(key.space(), "W2", NANOS);
            store.endAll(key.space(), "W2", Outcome.COMMITTED, NANOS);
            store.endWith(
                    key, "W1", Duration.ofMillis(1), new StoredEntry(new byte[] {2}, Duration.ofMinutes(1)), NANOS);
            store.evict(key, NANOS);
            for (String fence : List.of(key.fence(), key.space().fence())) {
                assertThat(redis.pttl(fence)).as(what).isBetween(1L, 5 * MAX_TRANSACTION_AGE.toMillis());
                assertThat(redis.hgetAll(fence).values()).as(what).allMatch(value -> value.length() < 100);
            }
        }

        @Test
        void fence_withMoreThanNodesWrite_isOneWriteInFlight() {
            EntryKey key = freshKey();
            Map<String, String> crowd = new HashMap<>();
            IntStream.range(0, 100_000).forEach(i -> crowd.put("w:" + i, "9007199254740992 1"));
            redis.hset(key.fence(), crowd);
            long later = System.currentTimeMillis() * 1000 + 2 * MAX_TRANSACTION_AGE.toNanos() / 1000;
            redis.hset(key.fence(), "w:later", later + " 1");

            assertThat(acquire(store, key, Duration.ZERO)).isEqualTo(Verdict.FENCED);
            assertThat(redis.hgetAll(key.fence()))
                    .hasSize(1)
                    .allSatisfy((name, value) -> assertThat(value).startsWith(later + " "));
            assertThat(redis.pttl(key.fence())).isBetween(1L, 5 * MAX_TRANSACTION_AGE.toMillis());
            pass(MAX_TRANSACTION_AGE.multipliedBy(2).plusMillis(50));
            assertThat(acquire(store, key, Duration.ofSeconds(60))).isEqualTo(Verdict.OLD);
            assertThat(acquire(store, key, Duration.ZERO)).isEqualTo(Verdict.LEASED);
        }

        @Test
        void fence_mendedByANodeWithShorterTransactions_countsAsAWriteOfALongerOne() {
            Duration brief = Duration.ofMillis(20);
            try (JedisStore other = new JedisStore(Settings.redis(uri), brief)) {
                EntryKey key = freshKey();
                redis.hset(key.fence(), "w:W1", "?");
                acquire(other, key, Duration.ZERO);
                pass(Duration.ofMillis(50));

                assertThat(acquire(store, key, Duration.ZERO)).isEqualTo(Verdict.FENCED);
            }
        }

        @Test
        void fence_ofAClockThatWasADayAhead_isForgottenInTime() {
            EntryKey key = freshKey();
            long tomorrow = (System.currentTimeMillis() + Duration.ofDays(1).toMillis()) * 1000;
            redis.hset(key.fence(), "w:x", tomorrow + " " + (tomorrow - MAX_TRANSACTION_AGE.toNanos() / 1000));
            store.begin(key, "W1", NANOS);

            assertThat(redis.pttl(key.fence())).isBetween(1L, 2 * MAX_TRANSACTION_AGE.toMillis() + 2);
        }

        @Test
        void fence_touchedByANodeWithShorterTransactions_livesAsLongAsBefore() {
            Duration brief = Duration.ofMillis(20);
            try (JedisStore other = new JedisStore(Settings.redis(uri), brief);
                    JedisStore briefest = new JedisStore(Settings.redis(uri), brief, brief, events)) {
                EntryKey key = freshKey();
                store.evict(key, NANOS);
                briefest.evict(key, NANOS);
                assertThat(redis.pttl(key.fence())).isGreaterThan(MAX_TRANSACTION_AGE.toMillis() / 2);
                other.evict(key, NANOS);
                assertThat(redis.pttl(key.fence())).isGreaterThan(25_000);
            }
        }
    }

    @Nested
    class Shared extends OnRedis {
        @Override
        URI uri() {
            return TestRedis.uri();
        }
    }

    @Nested
    @Tag("proof")
    class Embedded extends OnRedis {
        private RedisProcess process;

        @Test
        void acquire_oldSnapshotAfterARestartThatForgotTheEviction_mayNotFill() {
            try (RedisProcess redis = RedisProcess.started();
                    JedisStore own = new JedisStore(Settings.redis(URI.create(redis.uri())), MAX_TRANSACTION_AGE)) {
                OnRedis.awaitSettled(own);
                EntryKey key = OnRedis.freshKey();
                own.evict(key, NANOS);
                redis.kill();
                redis.start();

                assertThat(own.find(key, NANOS)).isNull(); // finds the dead connections, as in every lookup
                assertThat(OnRedis.acquire(own, key, Duration.ofSeconds(1))).isEqualTo(Verdict.OLD);
                assertThat(OnRedis.acquire(own, key, Duration.ZERO)).isEqualTo(Verdict.LEASED);
            }
        }

        @Override
        URI uri() {
            process = RedisProcess.started();
            return URI.create(process.uri());
        }

        @AfterAll
        void end() {
            process.close();
        }
    }

    abstract static class InDocker extends OnRedis {
        private final List<String> names;

        /** An image that goes by one of these names, the first that is there. */
        InDocker(String... names) {
            this.names = List.of(names);
        }

        @Override
        URI uri() {
            Optional<String> image = names.stream().filter(TestRedis::hasImage).findFirst();
            assumeTrue(image.isPresent() || TestRedis.imagesAreRequired(), () -> "Docker does not have " + names);
            return TestRedis.inDocker(image.orElseThrow(() -> new AssertionError("Docker does not have " + names)));
        }
    }

    @Nested
    @Tag("proof")
    class OnRedis8 extends InDocker {
        OnRedis8() {
            super("redis:8");
        }
    }

    @Nested
    @Tag("proof")
    class OnValkey8 extends InDocker {
        OnValkey8() {
            super("valkey:8", "valkey/valkey:8");
        }
    }
}
