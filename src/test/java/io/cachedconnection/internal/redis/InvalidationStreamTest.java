package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.testing.Gate;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Relay;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** The invalidation stream of a real Redis to which all kinds of things happen. What it tells when nothing does is in the contract. */
class InvalidationStreamTest {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final KeySpace BOOKS = KeySpace.of("books", "");
    private static final EntryKey KEY = BOOKS.key(Seeds.ARGUMENT);
    private static final Set<String> PREFIXES = Set.of("books:");
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final NotedHearing heard = new NotedHearing(PATIENCE);
    private RedisProcess redis;
    private Jedis admin;
    private JedisStore store;

    @BeforeEach
    void start() {
        redis = RedisProcess.started();
        admin = new Jedis("127.0.0.1", redis.port(), 5000);
        store = new JedisStore(Settings.redis(URI.create(redis.uri())), Duration.ofSeconds(30));
        store.hear(PREFIXES, heard);
        heard.awaitBeginning(1);
    }

    @AfterEach
    void stop() {
        store.close();
        admin.close();
        redis.close();
    }

    private void changeIsHeard() {
        heard.changed().clear();
        admin.set(KEY.text(), "x");
        heard.awaitChanged(KEY.text());
    }

    private void endsAndBeginsAgain() {
        heard.awaitEnding(1);
        heard.awaitBeginning(2);
        heard.await(heard::isHeard, "heard");
        changeIsHeard();
        assertThat(heard.failures()).isEmpty();
    }

    @Test
    void feed_pubsubClientsKilled_endsAndBeginsAgain() {
        assertThat(admin.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB)))
                .isEqualTo(1);
        endsAndBeginsAgain();
    }

    @Test
    void feed_allClientsKilled_endsAndBeginsAgain() {
        admin.clientKill(ClientKillParams.clientKillParams().type(ClientType.NORMAL));
        admin.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
        endsAndBeginsAgain();
    }

    @Test
    void feed_flushAll_isAChangeOfEverything() {
        int before = heard.floods();
        admin.flushAll();
        heard.await(() -> heard.floods() > before, "flooded");
        heard.awaitNow();
        assertThat(heard.endings()).isZero();
    }

    @Test
    void feed_quiet_isProvenOnAndOn() {
        for (int i = 0; i < 5; i++) {
            heard.awaitNow();
        }
        assertThat(heard.endings()).isZero();
        assertThat(heard.failures()).isEmpty();
    }

    @Test
    void feed_restarted_endsAndBeginsAgain() {
        redis.kill();
        heard.awaitEnding(1);
        redis.start();
        heard.awaitBeginning(2);
        heard.await(heard::isHeard, "heard");
        admin.close();
        admin = new Jedis("127.0.0.1", redis.port(), 5000);
        changeIsHeard();
    }

    @Test
    void feed_redisHangs_isNotProvenMeanwhileAndEnds() {
        redis.hang();
        long hung = System.nanoTime();
        heard.awaitEnding(1);
        assertThat(heard.proven() - hung).isNegative();
        redis.resume();

        heard.awaitBeginning(2);
        heard.awaitNow();
        changeIsHeard();
    }

    @Test
    void feed_networkIsSilent_isNotProvenMeanwhileAndEnds() {
        NotedHearing parted = new NotedHearing(PATIENCE);
        try (Relay relay = new Relay(redis.port());
                JedisStore far = storeAt(relay.port())) {
            far.hear(PREFIXES, parted);
            parted.awaitBeginning(1);
            relay.hold();
            long silent = System.nanoTime();
            admin.set(KEY.text(), "x");
            parted.awaitEnding(1);
            assertThat(parted.proven() - silent).isNegative();
            assertThat(parted.changed()).isEmpty();
            relay.release();

            parted.awaitBeginning(2);
            parted.awaitNow();
        }
    }

    /** As when a DNS entry or a virtual address is switched; what the old one has is not true any more. */
    @Test
    void feed_nameLeadsToAnotherServer_nothingIsReadFromTheFirst() {
        NotedHearing following = new NotedHearing(PATIENCE);
        try (RedisProcess next = RedisProcess.started();
                Relay name = new Relay(redis.port());
                JedisStore far = storeAt(name.port())) {
            store.close(); // so that there is one stream
            set(redis, "old");
            set(next, "new");
            far.hear(PREFIXES, following);
            following.awaitBeginning(1);
            assertThat(far.find(KEY, NANOS)).asString().isEqualTo("old");
            name.leadTo(next.port());
            admin.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));

            following.awaitBeginning(2);
            assertThat(far.find(KEY, NANOS)).asString().isEqualTo("new");
        }
    }

    @Test
    void feed_nameLeadsToAnotherServerAfterAWhile_nothingIsReadFromTheFirst() {
        NotedHearing following = new NotedHearing(PATIENCE);
        try (RedisProcess next = RedisProcess.started();
                Relay name = new Relay(redis.port());
                JedisStore far = storeAt(name.port())) {
            set(redis, "old");
            set(next, "new");
            far.hear(PREFIXES, following);
            following.awaitBeginning(1);
            admin.replicaof("127.0.0.1", 1);
            following.await(() -> following.failures().contains("it refused: READONLY"), "refused");
            following.await(() -> far.find(KEY, NANOS) == null, "left what is a replica now");
            name.leadTo(next.port());

            following.awaitBeginning(2);
            assertThat(far.find(KEY, NANOS)).asString().isEqualTo("new");
        }
    }

    private static void set(RedisProcess at, String value) {
        try (Jedis jedis = new Jedis("127.0.0.1", at.port(), 5000)) {
            jedis.set(KEY.text(), value);
        }
    }

    private static JedisStore storeAt(int port) {
        return new JedisStore(Settings.redis(URI.create("redis://127.0.0.1:" + port)), Duration.ofSeconds(30));
    }

    @Test
    void feed_hearsTooSlowly_isEndedByRedis() {
        Gate gate = new Gate();
        NotedHearing slow = new NotedHearing(Duration.ofSeconds(60)) {
            @Override
            public void changed(String key) {
                gate.pass();
                super.changed(key);
            }
        };
        admin.configSet("client-output-buffer-limit", "pubsub 1mb 1mb 0");
        store.hear(PREFIXES, slow);
        slow.awaitBeginning(1);
        assertThat(hearers()).isEqualTo(1);
        String padding = "x".repeat(500);
        for (int i = 0; hearers() > 0; i++) {
            admin.set("books:" + padding + i % 50_000, "x");
        }
        assertThat(slow.endings()).isZero(); // it does not know yet; but neither does anything prove it
        gate.open();

        slow.awaitEnding(1);
        slow.awaitBeginning(2);
    }

    private long hearers() {
        return admin.clientList(ClientType.PUBSUB).lines().count();
    }

    @Test
    void feed_masterIsMadeAReplica_endsUntilItIsAMasterAgain() {
        admin.replicaof("127.0.0.1", 1);
        long demoted = System.nanoTime();
        heard.awaitEnding(1);
        assertThat(heard.proven() - demoted).isNegative();
        heard.await(() -> heard.failures().contains("it refused: READONLY"), "refused");
        assertThat(heard.isHeard()).isFalse();
        admin.replicaofNoOne();

        heard.awaitBeginning(2);
        changeIsHeard();
    }

    @Test
    void feed_redisIsFull_tellsWhatItDrops() {
        changeIsHeard();
        heard.changed().clear();
        admin.configSet("maxmemory-policy", "allkeys-random");
        admin.configSet("maxmemory", "1");

        heard.awaitChanged(KEY.text());
        assertThat(heard.endings()).isZero();
    }

    @Test
    void hear_otherPrefixes_areHeardInsteadOfTheFirst() {
        store.hear(Set.of("films:", "plays:"), heard);
        heard.awaitBeginning(2);
        assertThat(heard.endings()).isEqualTo(1);
        assertThat(heard.prefixes()).containsExactlyInAnyOrder("films:", "plays:");
        admin.set("books:1", "x");
        admin.set("films:1", "x");
        admin.set("plays:1", "x");

        heard.awaitChanged("plays:1");
        assertThat(heard.changed()).containsExactlyInAnyOrder("films:1", "plays:1");
        heard.await(() -> hearers() == 1, "left by the first");
    }

    @Test
    void hear_redisIsNotThereYet_beginsWhenItIs() {
        NotedHearing patient = new NotedHearing(PATIENCE);
        try (RedisProcess late = RedisProcess.notStarted();
                JedisStore own = storeAt(late.port())) {
            own.hear(PREFIXES, patient);
            patient.await(() -> patient.failures().size() > 1, "failed");
            assertThat(patient.failures()).containsOnly("no connection: nothing listens there");
            late.start();

            patient.awaitBeginning(1);
            patient.awaitNow();
        }
    }

    @Test
    void close_hearing_endsItAndLeavesNoThread() {
        store.close();

        assertThat(heard.isHeard()).isFalse();
        heard.await(() -> threads() == 0, "left");
        assertThat(hearers()).isZero();
        store.hear(PREFIXES, heard); // too late
        assertThat(threads()).isZero();
    }

    @Test
    void close_redisHangs_leavesNoThread() {
        redis.hang();
        heard.awaitEnding(1);
        store.close();

        heard.await(() -> threads() == 0, "left");
        redis.resume();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("cached-connection-feed"))
                .count();
    }
}
