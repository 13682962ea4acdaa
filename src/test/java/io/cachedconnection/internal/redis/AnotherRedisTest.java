package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.endpoint.Secret;
import io.cachedconnection.internal.endpoint.ServerEvents;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Relay;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** A Redis that was restarted or promoted, and has lost what the one before had acknowledged, never answers with what is old. */
class AnotherRedisTest {

    private static final KeySpace SPACE = KeySpace.of("another", "t");
    private static final EntryKey KEY = SPACE.key(Seeds.ARGUMENT);
    private static final long NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final byte[] OLD = {1};

    @TempDir
    private Path directory;

    private final NotedServers events = new NotedServers();

    /** What was told of servers. */
    private static final class NotedServers implements ServerEvents {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void serverUnknown(String server) {
            told.add("unknown");
        }

        @Override
        public void serverReplaced(String server) {
            told.add("replaced");
        }

        @Override
        public void serverForgets(String server, String policy) {
            told.add("forgets by " + policy);
        }

        @Override
        public void serverWritesAlone(String server) {
            told.add("writes alone");
        }
    }

    private JedisStore storeAt(int port) {
        return new JedisStore(Settings.redis(URI.create("redis://127.0.0.1:" + port)), Duration.ofSeconds(30), events);
    }

    private static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Never " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static Verdict acquire(JedisStore store) {
        return store.acquire(
                        KEY, new LeaseRequest("L1", Duration.ZERO, Duration.ofSeconds(9), Duration.ofHours(1)), NANOS)
                .verdict();
    }

    private static boolean fill(JedisStore store) {
        return store.fill(KEY, "L1", new StoredEntry(OLD, Duration.ofMinutes(5)), NANOS);
    }

    private static void stored(JedisStore store) {
        assertThat(acquire(store)).isEqualTo(Verdict.LEASED);
        assertThat(fill(store)).isTrue();
        assertThat(store.find(KEY, NANOS)).isEqualTo(OLD);
    }

    private static void write(JedisStore store) {
        store.begin(KEY, "W1", NANOS);
        store.end(KEY, "W1", Outcome.COMMITTED, NANOS);
    }

    private RedisProcess saving() {
        return RedisProcess.started("--save", "3600", "1", "--dir", directory.toString());
    }

    private RedisProcess replicaOf(RedisProcess master) {
        RedisProcess replica =
                RedisProcess.started("--dir", directory.toString(), "--replicaof", "127.0.0.1", "" + master.port());
        await(() -> info(replica, "replication").contains("master_link_status:up"), "in sync");
        return replica;
    }

    private static String info(RedisProcess redis, String section) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            return jedis.info(section);
        }
    }

    private static void awaitCopy(RedisProcess replica, String key) {
        try (Jedis jedis = new Jedis("127.0.0.1", replica.port())) {
            await(() -> jedis.exists(key), "copied");
        }
    }

    private static void promote(RedisProcess replica) {
        try (Jedis jedis = new Jedis("127.0.0.1", replica.port())) {
            jedis.replicaofNoOne();
        }
    }

    private static void cutClients(RedisProcess redis) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.clientKill(ClientKillParams.clientKillParams().type(ClientType.NORMAL));
        }
    }

    @Test
    void find_restartedWithAnOldDump_neverAnswersWithIt() {
        try (RedisProcess redis = saving();
                JedisStore store = storeAt(redis.port());
                Jedis admin = new Jedis("127.0.0.1", redis.port())) {
            stored(store);
            admin.save();
            write(store);
            redis.kill();
            redis.start();

            assertThat(store.find(KEY, NANOS)).isNull();
            assertThat(store.contains(KEY, NANOS)).isFalse();
            await(() -> acquire(store) == Verdict.LEASED, "leased");
            assertThat(fill(store)).isTrue();
            assertThat(events.told).containsExactly("replaced");
        }
    }

    /** What loaded before the write got its lease from the Redis that is gone; the dump has it, too. */
    @Test
    void fill_restartedWithADumpThatHasTheLease_isRefused() {
        try (RedisProcess redis = saving();
                JedisStore store = storeAt(redis.port());
                Jedis admin = new Jedis("127.0.0.1", redis.port())) {
            assertThat(acquire(store)).isEqualTo(Verdict.LEASED);
            admin.save();
            write(store);
            redis.kill();
            redis.start();
            assertThat(fill(store)).isFalse();
            await(() -> admin(redis, SPACE.servers()) > 1, "trusted again");

            assertThat(fill(store)).isFalse();
        }
    }

    private static long admin(RedisProcess redis, String servers) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            return jedis.hlen(servers);
        }
    }

    /** Two writes overlapped; of the one that is over the dump knows nothing. */
    @Test
    void endWith_restartedWithADumpThatLacksAnotherWrite_storesNothing() {
        try (RedisProcess redis = saving();
                JedisStore store = storeAt(redis.port());
                Jedis admin = new Jedis("127.0.0.1", redis.port())) {
            store.begin(KEY, "W2", NANOS);
            admin.save();
            write(store);
            redis.kill();
            redis.start();
            await(() -> admin(redis, SPACE.servers()) > 1 || store.contains(KEY, NANOS), "trusted again");

            assertThat(store.endWith(KEY, "W2", Duration.ZERO, new StoredEntry(OLD, Duration.ofMinutes(5)), NANOS))
                    .isFalse();
        }
    }

    @Test
    void find_nodeStartedAfterTheRestart_neverAnswersWithTheDump() {
        try (RedisProcess redis = saving();
                Jedis admin = new Jedis("127.0.0.1", redis.port())) {
            try (JedisStore store = storeAt(redis.port())) {
                stored(store);
                admin.save();
                write(store);
            }
            redis.kill();
            redis.start();
            try (JedisStore store = storeAt(redis.port())) {
                assertThat(store.find(KEY, NANOS)).isNull();
            }
        }
    }

    @Test
    void find_nameLeadsToAPromotedReplicaThatMissedTheWrite_neverAnswersWithTheOld() {
        try (RedisProcess master = RedisProcess.started();
                RedisProcess replica = replicaOf(master);
                Relay name = new Relay(master.port());
                JedisStore store = storeAt(name.port())) {
            stored(store);
            awaitCopy(replica, KEY.text());
            promote(replica);
            write(store);
            name.leadTo(replica.port());
            cutClients(master);

            assertThat(store.find(KEY, NANOS)).isNull();
            assertThat(acquire(store)).isEqualTo(Verdict.FENCED);
            StoreException refusal = catchThrowableOfType(StoreException.class, () -> store.begin(KEY, "W2", NANOS));
            assertThat(refusal.reason()).isEqualTo(Reason.MOVING);
            store.end(KEY, "W2", Outcome.COMMITTED, NANOS);
            await(() -> acquire(store) == Verdict.LEASED, "leased");
            write(store);
            assertThat(store.find(KEY, NANOS)).isNull();
        }
    }

    /** It keeps its connections open, and answers reads. */
    @Test
    void find_flushedAndLaterRestartedWithADump_neverAnswersWithIt() {
        try (RedisProcess redis = saving();
                JedisStore store = storeAt(redis.port());
                Jedis admin = new Jedis("127.0.0.1", redis.port())) {
            stored(store);
            admin.flushAll();
            stored(store);
            await(() -> admin.exists(SPACE.servers()), "noted again");
            admin.save();
            write(store);
            redis.kill();
            redis.start();

            assertThat(store.find(KEY, NANOS)).isNull();
        }
    }

    @Test
    void find_notesAreOverwrittenAndItRestartsWithADump_neverAnswersWithIt() {
        try (RedisProcess redis = saving();
                JedisStore store = storeAt(redis.port());
                Jedis admin = new Jedis("127.0.0.1", redis.port())) {
            stored(store);
            admin.set(SPACE.servers(), "something else");
            admin.save();
            write(store);
            redis.kill();
            redis.start();

            assertThat(store.find(KEY, NANOS)).isNull();
        }
    }

    @Test
    void find_nameLeadsAwayAndBack_neverAnswersWithWhatWasThereBefore() {
        try (RedisProcess one = RedisProcess.started();
                RedisProcess other = RedisProcess.started();
                Relay name = new Relay(one.port());
                JedisStore store = storeAt(name.port())) {
            stored(store);
            name.leadTo(other.port());
            cutClients(one);
            await(() -> isLeased(store), "leased at the other one");
            assertThat(fill(store)).isTrue();
            write(store);
            name.leadTo(one.port());
            cutClients(other);
            await(
                    () -> {
                        assertThat(foundIn(store)).isNull();
                        return isLeased(store);
                    },
                    "leased where it was before");
        }
    }

    private static boolean isLeased(JedisStore store) {
        try {
            return acquire(store) == Verdict.LEASED;
        } catch (StoreException e) { // a connection that was cut
            return false;
        }
    }

    private static byte[] foundIn(JedisStore store) {
        try {
            return store.find(KEY, NANOS);
        } catch (StoreException e) {
            return null;
        }
    }

    @Test
    void acquire_promotedAndTheCacheIsNewThere_waitsUntilTheFormerMasterIsLeft() {
        try (RedisProcess master = RedisProcess.started();
                RedisProcess replica = replicaOf(master)) {
            promote(replica);
            try (JedisStore early = storeAt(replica.port())) {
                assertThat(acquire(early)).isEqualTo(Verdict.FENCED);
            }
        }
    }

    @Test
    void acquire_aClaimLiesFurtherAheadThanAny_isNone() {
        try (RedisProcess redis = RedisProcess.started();
                Jedis admin = new Jedis("127.0.0.1", redis.port())) {
            String identity;
            try (JedisStore store = storeAt(redis.port())) {
                stored(store);
                identity = admin.hkeys(SPACE.servers()).iterator().next();
            }
            admin.hdel(SPACE.servers(), identity);
            admin.hset(SPACE.servers(), "someone/else/master", "1"); // else it is noted without a claim
            admin.hset(
                    SPACE.servers(),
                    "claim " + identity,
                    "dead " + (Long.parseLong(admin.time().get(0)) + 3000) * 1_000_000);
            try (JedisStore store = storeAt(redis.port())) {
                await(() -> acquire(store) == Verdict.LEASED, "leased");
            }
        }
    }

    @Test
    void find_masterBecomesAReplica_isLeftWithinASecondOrTwo() {
        NotedHearing hearing = new NotedHearing(Duration.ofSeconds(60));
        try (RedisProcess next = RedisProcess.started();
                RedisProcess master = RedisProcess.started("--replica-serve-stale-data", "yes");
                JedisStore store = storeAt(master.port());
                Jedis admin = new Jedis("127.0.0.1", master.port())) {
            stored(store);
            store.hear(Set.of(SPACE.prefix() + ":"), hearing);
            hearing.awaitBeginning(1);
            next.hang(); // so that it keeps what it has
            admin.replicaof("127.0.0.1", next.port());

            await(() -> store.find(KEY, NANOS) == null, "left");
            assertThat(admin.exists(KEY.text())).isTrue();
            await(() -> hearing.floods() > 0 && hearing.endings() > 0, "heard of");
            next.resume();
        }
    }

    @Test
    void find_masterBecomesAReplicaAndAMasterAgain_isAnotherOne() {
        try (RedisProcess redis = RedisProcess.started();
                JedisStore store = storeAt(redis.port());
                Jedis admin = new Jedis("127.0.0.1", redis.port())) {
            stored(store);
            admin.replicaof("127.0.0.1", 1);
            admin.replicaofNoOne();

            await(() -> store.find(KEY, NANOS) == null, "noticed");
            await(() -> acquire(store) == Verdict.LEASED, "trusted again");
        }
    }

    @Test
    void find_anotherNodeHasVerifiedTheServer_answersAtOnce() {
        try (RedisProcess redis = RedisProcess.started();
                JedisStore first = storeAt(redis.port())) {
            stored(first);
            try (JedisStore second = storeAt(redis.port())) {
                assertThat(second.find(KEY, NANOS)).isEqualTo(OLD);
                assertThat(info(redis, "commandstats")).doesNotContain("cmdstat_scan");
            }
        }
    }

    @Test
    void acquire_nodeThatClaimedTheServerHasDied_worksWhenItsClaimHasRunOut() {
        try (RedisProcess redis = saving();
                Jedis admin = new Jedis("127.0.0.1", redis.port())) {
            try (JedisStore store = storeAt(redis.port())) {
                stored(store);
            }
            String identity = admin.hkeys(SPACE.servers()).iterator().next();
            long inASecond = (System.currentTimeMillis() + 1000) * 1000;
            admin.save();
            admin.hset(SPACE.servers(), "claim " + identity, "dead " + inASecond);
            admin.hdel(SPACE.servers(), identity);
            admin.hset(SPACE.servers(), "someone/else/master", "1");
            try (JedisStore second = storeAt(redis.port())) {
                assertThat(second.find(KEY, NANOS)).isNull();
                await(() -> acquire(second) == Verdict.LEASED, "leased");
                assertThat(admin.hexists(SPACE.servers(), identity)).isTrue();
            }
        }
    }

    @Test
    void servers_manyAreNoted_theOldestAreForgotten() {
        try (RedisProcess redis = RedisProcess.started();
                Jedis admin = new Jedis("127.0.0.1", redis.port())) {
            for (int i = 0; i < 1500; i++) {
                admin.hset(SPACE.servers(), i + "/x/master", "" + i);
            }
            try (JedisStore store = storeAt(redis.port())) {
                await(() -> acquire(store) == Verdict.LEASED, "leased");
                assertThat(admin.hlen(SPACE.servers())).isEqualTo(1000);
                assertThat(admin.hexists(SPACE.servers(), "1499/x/master")).isTrue();
                assertThat(admin.hexists(SPACE.servers(), "400/x/master")).isFalse();
            }
        }
    }

    @Test
    void verification_manyCaches_leavesTheKeysOfOthers() {
        List<KeySpace> spaces = List.of(KeySpace.of("one", "shop"), KeySpace.of("other", "shop"), SPACE);
        try (RedisProcess redis = RedisProcess.started();
                Jedis admin = new Jedis("127.0.0.1", redis.port());
                JedisStore store = storeAt(redis.port())) {
            for (KeySpace space : spaces) {
                admin.hset(space.servers(), "someone/else/master", "1");
                admin.set(space.key("1").text(), "old");
            }
            admin.set("shop:third:1", "kept");
            admin.set("another", "kept");

            for (KeySpace space : spaces) {
                assertThat(store.find(space.key("1"), NANOS)).isNull();
                await(() -> !admin.exists(space.key("1").text()), "removed");
            }
            assertThat(admin.exists("shop:third:1", "another")).isEqualTo(2);
        }
    }

    @Test
    void settings_thatBreakThePromise_areTold() {
        try (RedisProcess redis = RedisProcess.started("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
                RedisProcess replica = replicaOf(redis);
                JedisStore store = storeAt(redis.port())) {
            store.find(KEY, NANOS);
            await(() -> events.told.size() >= 2, "told");

            assertThat(info(replica, "replication")).contains("role:slave");
            assertThat(events.told).containsExactlyInAnyOrder("forgets by allkeys-lru", "writes alone");
        }
    }

    @Test
    void find_userMayNotAskWhichServerItIs_isToldOnceAndAnswers() {
        try (RedisProcess redis = RedisProcess.started();
                Jedis admin = new Jedis("127.0.0.1", redis.port())) {
            admin.aclSetUser("shy", "on", ">" + Seeds.PASSWORD, "~*", "+@all", "-info");
            RedisSettings settings = new RedisSettings(
                    new Endpoint.ServerEndpoint(new HostPort("127.0.0.1", redis.port())),
                    new ConnectionSettings(new Credentials("shy", new Secret(Seeds.PASSWORD)), null, 0, null),
                    new PoolSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), 2),
                    new CircuitBreakerSettings(5, Duration.ofSeconds(2)));
            try (JedisStore store = new JedisStore(settings, Duration.ofSeconds(30), events)) {
                stored(store);
                await(() -> !events.told.isEmpty(), "told");
                assertThat(events.told).containsExactly("unknown");
            }
        }
    }
}
