package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.EntryReport;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.WriteStep;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.internal.envelope.Envelopes;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.RedisClusterProcesses;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import redis.clients.jedis.Jedis;

/** A real cluster of which keys move, and masters go. The contract is in {@link ClusterContractTest}. */
@Tag("proof")
@TestInstance(Lifecycle.PER_CLASS)
class ClusterTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final long NANOS = TIMEOUT.toNanos();
    private static final Duration MAX_TRANSACTION_AGE = Duration.ofSeconds(2); // so long a new server distrusts results
    private static final LeaseRequest CLAIM =
            new LeaseRequest("L1", Duration.ZERO, Duration.ofSeconds(9), Duration.ofHours(1));
    private static final StoredEntry ENTRY = new StoredEntry(new byte[] {7}, Duration.ofMinutes(1));

    private RedisClusterProcesses cluster;
    private JedisStore store;

    @BeforeAll
    void open() {
        cluster = RedisClusterProcesses.started(3, 0);
        store = store(cluster.place());
        IntStream.range(0, 50)
                .forEach(i ->
                        await(() -> works(store, KeySpace.of("start" + i, "").key(Seeds.ARGUMENT))));
    }

    @AfterAll
    void close() {
        store.close();
        cluster.close();
    }

    private static JedisStore store(Endpoint endpoint) {
        return new JedisStore(Settings.redis(endpoint, TIMEOUT), MAX_TRANSACTION_AGE);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).isNegative();
            Thread.onSpinWait();
        }
    }

    /** As a node does: its lookups go on, and its clock revives. */
    private static boolean works(JedisStore store, EntryKey key) {
        try {
            store.revive(NANOS);
            put(store, key);
            return store.find(key, NANOS) != null;
        } catch (StoreException e) {
            return false;
        }
    }

    private static void put(JedisStore store, EntryKey key) {
        String write = "W" + System.nanoTime();
        store.begin(key, write, NANOS);
        store.endWith(key, write, Duration.ZERO, ENTRY, NANOS);
    }

    private EntryKey keyOf(KeySpace space, int master) {
        return keyOn(space, cluster, master);
    }

    @Test
    void keys_ofEveryMaster_areFoundAndEvicted() {
        KeySpace space = KeySpace.of("every", "");
        List<EntryKey> keys =
                IntStream.range(0, 3).mapToObj(i -> keyOf(space, i)).toList();
        keys.forEach(key -> put(store, key));
        assertThat(keys).allSatisfy(key -> assertThat(store.find(key, NANOS)).isNotNull());

        store.beginAll(space, "W1", NANOS);
        assertThat(keys).allSatisfy(key -> assertThat(store.find(key, NANOS)).isNull());
        assertThat(keys)
                .allSatisfy(key ->
                        assertThat(store.acquire(key, CLAIM, NANOS).verdict()).isEqualTo(Verdict.FENCED));
        store.endAll(space, "W1", Outcome.COMMITTED, NANOS);
        assertThat(store.acquire(keys.get(0), CLAIM, NANOS).verdict()).isEqualTo(Verdict.LEASED);
    }

    @Test
    void acquire_fencedByAnEvictionOfAll_leavesNoLeaseBehind() {
        KeySpace space = KeySpace.of("fenced", "");
        EntryKey key = keyOf(space, 0);
        store.beginAll(space, "W1", NANOS);
        assertThat(store.acquire(key, CLAIM, NANOS).verdict()).isEqualTo(Verdict.FENCED);

        assertThat(store.release(key, CLAIM.token(), NANOS)).isFalse();
        store.endAll(space, "W1", Outcome.ROLLED_BACK, NANOS);
    }

    @Test
    void fill_evictionOfAllBeganAfterTheLease_isRefused() {
        KeySpace space = KeySpace.of("late", "");
        EntryKey key = keyOf(space, 1);
        assertThat(store.acquire(key, CLAIM, NANOS).verdict()).isEqualTo(Verdict.LEASED);
        store.beginAll(space, "W1", NANOS);

        assertThat(store.fill(key, CLAIM.token(), ENTRY, NANOS)).isFalse();
        store.endAll(space, "W1", Outcome.ROLLED_BACK, NANOS);
    }

    @Test
    void endWith_evictionOfAllCommittedMeanwhile_onlyEvicts() {
        KeySpace space = KeySpace.of("meanwhile", "");
        EntryKey key = keyOf(space, 2);
        store.begin(key, "W1", NANOS);
        store.beginAll(space, "W2", NANOS);
        store.endAll(space, "W2", Outcome.COMMITTED, NANOS);

        assertThat(store.endWith(key, "W1", Duration.ZERO, ENTRY, NANOS)).isFalse();
        assertThat(store.find(key, NANOS)).isNull();
        assertThat(store.acquire(key, CLAIM, NANOS).verdict()).isEqualTo(Verdict.LEASED); // nothing is in its way
    }

    @Test
    void steps_slotOnItsWay_goOn() {
        KeySpace space = KeySpace.of("moving", "");
        EntryKey key = keyOf(space, 0);
        put(store, key);
        int slot = RedisClusterProcesses.slot(key.text());
        cluster.beginMove(slot, 0, 1);
        assertThat(store.find(key, NANOS)).isNotNull(); // still there
        store.evict(key, NANOS);
        assertThat(store.find(key, NANOS)).isNull(); // not there any more, so the other one is asked
        cluster.endMove(slot, 0, 1);

        assertThat(works(store, key)).isTrue();
        try (Jedis jedis = cluster.server(1)) {
            assertThat(jedis.exists(key.text())).isTrue();
        }
        back(slot, 1);
    }

    private void back(int slot, int from) {
        cluster.beginMove(slot, from, 0);
        cluster.endMove(slot, from, 0);
    }

    private static final long PATIENTLY = TimeUnit.SECONDS.toNanos(2);

    private static List<Response<Boolean>> begun(JedisStore store, List<EntryKey> keys) {
        return store.steps(keys.stream().map(key -> WriteStep.begin(key, "W1")).toList(), PATIENTLY);
    }

    private static List<Response<Boolean>> ended(JedisStore store, List<EntryKey> keys) {
        return store.steps(
                keys.stream()
                        .map(key -> WriteStep.end(key, "W1", Outcome.COMMITTED))
                        .toList(),
                PATIENTLY);
    }

    private boolean isAnnounced(EntryKey key) {
        try (Jedis jedis = cluster.server(cluster.masterOf(key.text()))) {
            return jedis.hexists(key.fence(), "w:W1");
        }
    }

    /** What becomes of one key is no other one's business. */
    @Test
    void steps_keysOnAllMastersAndOneOnItsWay_reachEach() {
        KeySpace space = KeySpace.of("together", "");
        List<EntryKey> keys =
                IntStream.range(0, 200).mapToObj(i -> space.key("k" + i)).toList();
        int gone = RedisClusterProcesses.slot(keyOf(space, 0).text());
        List<EntryKey> all = new ArrayList<>(keys);
        all.add(keyOf(space, 0));
        await(() -> begun(store, keys).stream().allMatch(response -> response.failure() == null));
        await(() -> ended(store, keys).stream().allMatch(response -> response.failure() == null));
        cluster.beginMove(
                gone, 0, 1); // a key that is not there yet is refused, and tried again for as long as there is time
        List<Response<Boolean>> meanwhile = begun(store, all);

        assertThat(meanwhile.subList(0, 200)).extracting(Response::get).containsOnly(true);
        assertThat(meanwhile.get(200).failure()).isInstanceOf(StoreException.class);
        cluster.endMove(gone, 0, 1); // MOVED for this one only

        assertThat(begun(store, all)).extracting(Response::get).hasSize(201).containsOnly(true);
        assertThat(keys).allMatch(this::isAnnounced);
        try (Jedis jedis = cluster.server(1)) {
            assertThat(jedis.hexists(all.get(200).fence(), "w:W1")).isTrue();
        }
        assertThat(ended(store, all)).extracting(Response::get).containsOnly(true);
        back(gone, 1);
        await(() -> works(store, all.get(200)));
    }

    /** Nor does it keep the others from a script that no master knows yet. */
    @Test
    void steps_oneMasterRefuses_theOthersAreDone() {
        KeySpace space = KeySpace.of("refusing", "");
        List<EntryKey> keys =
                IntStream.range(0, 60).mapToObj(i -> space.key("k" + i)).toList();
        await(() -> begun(store, keys).stream().allMatch(response -> response.failure() == null));
        for (int i = 0; i < 3; i++) {
            try (Jedis jedis = cluster.server(i)) {
                jedis.scriptFlush();
            }
        }
        try (Jedis jedis = cluster.server(1)) {
            jedis.configSet("min-replicas-to-write", "1"); // NOREPLICAS
            List<Response<Boolean>> responses;
            try {
                responses = ended(store, keys);
            } finally {
                jedis.configSet("min-replicas-to-write", "0");
            }

            for (int i = 0; i < 60; i++) {
                boolean isThere = cluster.masterOf(keys.get(i).text()) == 1;
                assertThat(responses.get(i).failure() != null).isEqualTo(isThere);
                assertThat(isAnnounced(keys.get(i))).isEqualTo(isThere);
            }
        }
        await(() -> ended(store, keys).stream().allMatch(response -> response.failure() == null));
    }

    @Test
    void inspect_keyAndFencesOnSeveralServers_readsAllOfThem() {
        KeySpace space = KeySpace.of("inspected", "").stamped(KeySpace.ofTags("", KeyNames.clear()), false);
        EntryKey key = keyOf(space, 1);
        store.acquire(key, CLAIM, NANOS);
        assertThat(store.inspect(key, NANOS).leaseLeft()).isPositive();

        store.begin(key, "W1", NANOS);
        store.beginAll(space, "W2", NANOS);
        store.begin(space.tags().get(0), "W3", NANOS);
        assertThat(store.inspect(key, NANOS).writes()).isEqualTo(3);

        store.end(key, "W1", Outcome.COMMITTED, NANOS);
        store.endAll(space, "W2", Outcome.COMMITTED, NANOS);
        store.end(space.tags().get(0), "W3", Outcome.COMMITTED, NANOS);
        EntryReport after = store.inspect(key, NANOS);
        assertThat(after.writes()).isZero();
        assertThat(after.payload()).isNull();
        assertThat(after.sinceEviction()).isNotNull();
    }

    @Test
    void evictionOfAll_slotOnItsWay_missesNothing() {
        KeySpace space = KeySpace.of("scan", "");
        EntryKey key = keyOf(space, 0);
        put(store, key);
        int slot = RedisClusterProcesses.slot(key.text());
        cluster.beginMove(slot, 0, 2);
        try (Jedis source = cluster.server(0)) {
            source.migrate("127.0.0.1", cluster.process(2).port(), key.text(), 0, 5000); // its fence is still here
        }
        store.beginAll(space, "W1", NANOS);
        store.endAll(space, "W1", Outcome.COMMITTED, NANOS);
        cluster.endMove(slot, 0, 2);

        assertThat(store.find(key, NANOS)).isNull();
        back(slot, 2);
    }

    @Test
    void evictionOfAll_keysWentToAMasterThatIsNotKnownYet_missesNothing() {
        try (RedisClusterProcesses growing = RedisClusterProcesses.startedWithASpare(3);
                JedisStore one = store(growing.place());
                JedisStore other = store(growing.place())) {
            KeySpace space = KeySpace.of("growing", "");
            EntryKey key = keyOn(space, growing, 0);
            await(() -> works(other, key) && works(one, key));
            int slot = RedisClusterProcesses.slot(key.text());
            growing.beginMove(slot, 0, 3);
            growing.endMove(slot, 0, 3);

            await(() -> isEvicted(one, space)); // not as long as its servers do not agree
            assertThat(other.find(key, NANOS)).isNull();
            assertThat(one.find(key, NANOS)).isNull();
        }
    }

    private static boolean isEvicted(JedisStore store, KeySpace space) {
        try {
            store.beginAll(space, "W1", NANOS);
            store.endAll(space, "W1", Outcome.COMMITTED, NANOS);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    private static EntryKey keyOn(KeySpace space, RedisClusterProcesses cluster, int master) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> space.key("" + i))
                .filter(key -> cluster.masterOf(key.text()) == master)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void acquire_masterOfTheCachesFenceIsLeftAlone_doesNotFillAndDoesNotWait() {
        KeySpace space = IntStream.range(0, 1000)
                .mapToObj(i -> KeySpace.of("fenced" + i, ""))
                .filter(one -> cluster.masterOf(one.fence()) == 1)
                .findFirst()
                .orElseThrow();
        EntryKey healthy = keyOf(space, 0);
        EntryKey gone = keyOf(space, 1);
        put(store, healthy);
        cluster.process(1).hang();
        try {
            await(() -> !works(store, gone) && !store.isAnswering(gone));

            assertThat(store.find(healthy, NANOS)).isNotNull();
            assertThat(store.isAnswering(space)).isFalse();
            store.remove(healthy, NANOS);
            assertThat(store.acquire(healthy, CLAIM, NANOS).verdict()).isEqualTo(Verdict.FENCED);
            assertThat(store.endWith(healthy, "W1", Duration.ZERO, ENTRY, NANOS))
                    .isFalse(); // evicted only
        } finally {
            cluster.process(1).resume();
        }
        await(() -> works(store, gone) && works(store, healthy));
    }

    /** Its own writes wait once; no other node's do. */
    @Test
    void write_oneMasterHangs_writesToOthersGoOn() {
        KeySpace space = KeySpace.of("hangs for writes", "");
        EntryKey gone = keyOf(space, 1);
        EntryKey other = keyOf(space, 2);
        put(store, other);
        cluster.process(1).hang();
        try {
            assertThat(catchThrowableOfType(StoreException.class, () -> store.begin(gone, "W1", NANOS)))
                    .isNotNull();
            assertThat(store.takesWrites(gone)).isFalse();
            assertThat(store.takesWrites(space)).isFalse(); // an eviction of all needs every master
            assertThat(store.takesWrites(other)).isTrue();
            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                store.begin(other, "W" + i, NANOS);
                store.end(other, "W" + i, Outcome.COMMITTED, NANOS);
            }
            assertThat(System.nanoTime() - start).isLessThan(20 * NANOS);
        } finally {
            cluster.process(1).resume();
        }
        await(() -> works(store, gone) && store.takesWrites(gone) && store.takesWrites(space));
    }

    @Test
    void find_oneMasterHangs_othersAreNotTouched() {
        KeySpace space = KeySpace.of("hang", "");
        EntryKey gone = keyOf(space, 1);
        EntryKey other = keyOf(space, 2);
        put(store, other);
        cluster.process(1).hang();
        try {
            await(() -> !works(store, gone) && !store.isAnswering(gone));
            assertThat(store.isAnswering(other)).isTrue();
        } finally {
            cluster.process(1).resume();
        }
        await(() -> works(store, gone) && works(store, other));
    }

    @Test
    void find_masterDiesAndHasAReplica_goesOnThere() {
        try (RedisClusterProcesses safe = RedisClusterProcesses.started(3, 1);
                JedisStore own = store(safe.place())) {
            KeySpace space = KeySpace.of("replica", "");
            EntryKey key = keyOn(space, safe, 0);
            await(() -> works(own, key));
            safe.process(0).kill();

            await(() -> works(own, key));
        }
    }

    @Test
    void find_allSeedsButOneAreAway_findsTheCluster() {
        Endpoint.ClusterEndpoint all = (Endpoint.ClusterEndpoint) cluster.place();
        Endpoint few = new Endpoint.ClusterEndpoint(
                List.of(new HostPort("127.0.0.1", 1), all.seeds().get(2)));
        try (JedisStore own = store(few)) {
            EntryKey key = keyOf(KeySpace.of("seeds", ""), 0);

            await(() -> works(own, key));
        }
    }

    @Test
    void find_clusterTakenForOneServer_saysWhatToDo() {
        EntryKey key = keyOf(KeySpace.of("taken", ""), 0);
        Endpoint one = new Endpoint.ServerEndpoint(
                new HostPort("127.0.0.1", cluster.process(1).port()));
        try (JedisStore own = store(one)) {
            StoreException failure = catchThrowableOfType(StoreException.class, () -> own.find(key, NANOS));

            assertThat(failure).hasMessage("it refused: MOVED, as clusters do: use redis-cluster://");
        }
    }

    @Test
    void find_noClusterThere_failsInTime() {
        Endpoint absent = new Endpoint.ClusterEndpoint(List.of(new HostPort("127.0.0.1", 1)));
        try (JedisStore own = store(absent)) {
            EntryKey key = KeySpace.of("nobody", "").key(Seeds.ARGUMENT);

            assertThat(catchThrowableOfType(StoreException.class, () -> own.find(key, NANOS)))
                    .isNotNull();
            await(() -> !own.isAnswering(key)); // and then it is not even asked
            assertThat(own.isCalm()).isFalse();
        }
    }

    private static final KeySpace TAGS = KeySpace.ofTags("tagged", KeyNames.clear());

    private static KeySpace tagged(String cache) {
        return KeySpace.of(cache, "tagged").stamped(TAGS, false);
    }

    /** A tag whose stamp and fence are on this master. */
    private static EntryKey tagOn(String name, RedisClusterProcesses cluster, int master) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> TAGS.key(name + i))
                .filter(tag -> cluster.masterOf(tag.text()) == master)
                .findFirst()
                .orElseThrow();
    }

    private static StoredEntry envelope(EntryKey key) {
        byte[] payload = new byte[Stamps.PLACE + 2 + key.tags().size() * Stamps.BYTES];
        payload[0] = Stamps.MAGIC;
        payload[1] = Stamps.VERSION;
        payload[Stamps.PLACE] = (byte) key.tags().size();
        return new StoredEntry(payload, Duration.ofMinutes(1));
    }

    private static boolean isFilled(JedisStore store, EntryKey key) {
        try {
            store.revive(NANOS);
            LeaseResult lease = store.acquire(key, CLAIM, NANOS);
            if (lease.verdict() == Verdict.LEASED) {
                store.fill(key, CLAIM.token(), envelope(key).with(lease.stamps()), NANOS);
            }
            return store.find(key, NANOS) != null;
        } catch (StoreException e) {
            return false;
        }
    }

    /** What a lookup finds; nothing if it fails. */
    private static byte[] foundIn(JedisStore store, EntryKey key) {
        try {
            store.revive(NANOS);
            return store.find(key, NANOS);
        } catch (StoreException e) {
            return null;
        }
    }

    @Test
    void evict_tagOnAnotherMasterThanItsEntries_outdatesThem() {
        KeySpace space = tagged("elsewhere");
        EntryKey tag = tagOn("elsewhere", cluster, 0);
        List<EntryKey> keys = IntStream.range(0, 3)
                .mapToObj(i -> keyOf(space, i).with(List.of(tag)))
                .toList();
        EntryKey other = keyOf(space, 1).with(List.of(tagOn("other", cluster, 2)));
        keys.forEach(key -> await(() -> isFilled(store, key)));

        store.evict(tag, NANOS);
        assertThat(keys).allSatisfy(key -> assertThat(store.find(key, NANOS)).isNull());

        store.begin(tag, "W1", NANOS);
        assertThat(keys)
                .allSatisfy(key ->
                        assertThat(store.acquire(key, CLAIM, NANOS).verdict()).isEqualTo(Verdict.FENCED));
        store.remove(other, NANOS);
        assertThat(store.acquire(other, CLAIM, NANOS).verdict()).isEqualTo(Verdict.LEASED);
        store.end(tag, "W1", Outcome.COMMITTED, NANOS);
        keys.forEach(key -> await(() -> isFilled(store, key)));
    }

    private static Engine engine(JedisStore store, OnFailure onFailure) {
        return new Engine(
                Settings.ports(store, new NotedEvents(), System::nanoTime), Settings.protocol(TIMEOUT, onFailure));
    }

    private static CacheBinding<String> binding(KeySpace space) {
        Cache cache = new Cache(space.cache(), Settings::cache, new CacheCounters(), null);
        EntryFormat format = new Envelopes(() -> 0).wrapping(FormatSettings.DEFAULT, 1);
        return new CacheBinding<>(cache, new TextCodec(), format, TtlChoice.annotated(null));
    }

    private static boolean isServed(Engine engine, CacheBinding<String> binding, EntryKey key, String value) {
        try {
            LookupResult<String> result = engine.read(binding, key, () -> value);
            assertThat(result.value()).isEqualTo(value);
            return result.source() == Source.REDIS;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Its entry is on a master that answers; which stamp is current cannot be known. */
    @Test
    void write_masterOfTheTagHangs_isRefusedOrJournalledAndLookupsStoreNothing() throws Exception {
        KeySpace space = tagged("away");
        EntryKey tag = tagOn("away", cluster, 1);
        EntryKey key = keyOf(space, 2).with(List.of(tag));
        CacheBinding<String> binding = binding(space);
        ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(1);
        try (JedisStore careful = store(cluster.place());
                JedisStore patient = store(cluster.place())) {
            Engine fails = engine(careful, OnFailure.FAIL);
            Engine retries = engine(patient, OnFailure.RETRY);
            fails.recoverOn(clock);
            retries.recoverOn(clock);
            await(() -> isServed(fails, binding, key, "old") && isServed(retries, binding, key, "old"));
            cluster.process(1).hang();
            try {
                assertThat(fails.read(binding, key, () -> "loaded").source()).isEqualTo(Source.REPOSITORY);
                AtomicBoolean isWritten = new AtomicBoolean();
                assertThatThrownBy(() -> fails.write(List.of(tag), changes -> {
                            isWritten.set(true);
                            return "done";
                        }))
                        .isInstanceOf(RefusedWriteException.class);
                assertThat(isWritten.get()).isFalse();

                String done = retries.write(List.of(tag), changes -> "done");
                assertThat(done).isEqualTo("done");
                for (int i = 0; i < 20; i++) {
                    assertThat(retries.read(binding, key, () -> "new").value()).isEqualTo("new");
                }
            } finally {
                cluster.process(1).resume();
            }
            await(() -> isServed(retries, binding, key, "new"));
            await(() -> isServed(fails, binding, key, "new"));
        } finally {
            clock.shutdownNow();
        }
    }

    @Test
    void evict_slotOfTheStampIsOnItsWay_outdatesItsEntries() {
        KeySpace space = tagged("travelling");
        EntryKey tag = tagOn("travelling", cluster, 0);
        EntryKey key = keyOf(space, 2).with(List.of(tag));
        await(() -> isFilled(store, key));
        int slot = RedisClusterProcesses.slot(tag.text());
        cluster.beginMove(slot, 0, 1);
        assertThat(store.find(key, NANOS)).isNotNull(); // the stamp is still there
        try (Jedis source = cluster.server(0)) {
            source.migrate("127.0.0.1", cluster.process(1).port(), tag.text(), 0, 5000); // its fence may be still here
        }
        assertThat(foundIn(store, key)).isNotNull(); // or there
        cluster.endMove(slot, 0, 1);

        await(() -> isEvicted(store, tag));
        assertThat(foundIn(store, key)).isNull();
        await(() -> isFilled(store, key));
        back(slot, 1);
        assertThat(foundIn(store, key)).isNotNull();
        await(() -> isEvicted(store, tag));
        assertThat(foundIn(store, key)).isNull();
    }

    private static boolean isEvicted(JedisStore store, EntryKey tag) {
        try {
            store.evict(tag, NANOS);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    /** The stamp comes back; the value that carries it never went, for another master has it. */
    @Test
    void find_masterOfATagRestartsWithAnOldDump_neverAnswersWithWhatWasEvicted() {
        try (RedisClusterProcesses own = RedisClusterProcesses.started(3, 0);
                JedisStore one = store(own.place())) {
            KeySpace space = tagged("dumped");
            EntryKey tag = tagOn("dumped", own, 0);
            EntryKey key = keyOn(space, own, 1).with(List.of(tag));
            await(() -> isFilled(one, key));
            try (Jedis master = own.server(0)) {
                assertThat(master.exists(tag.text())).isTrue();
                master.save();
            }
            one.evict(tag, NANOS);
            own.process(0).kill();
            own.process(0).start();

            try (JedisStore other = store(own.place())) {
                await(() -> {
                    assertThat(foundIn(one, key)).isNull();
                    assertThat(foundIn(other, key)).isNull();
                    return verdict(one, key) == Verdict.LEASED;
                });
            }
        }
    }

    private static @Nullable Verdict verdict(JedisStore store, EntryKey key) {
        try {
            return store.acquire(key, CLAIM, NANOS).verdict();
        } catch (StoreException e) {
            return null;
        }
    }
}
