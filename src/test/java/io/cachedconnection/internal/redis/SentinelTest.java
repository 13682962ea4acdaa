package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.Peer;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** The store finds its master through real Sentinels, and the next one when that is gone. */
@Tag("proof")
class SentinelTest {

    private static final EntryKey KEY = KeySpace.of("c", "").key(Seeds.ARGUMENT);
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final long NANOS = TIMEOUT.toNanos();

    @TempDir
    private Path directory;

    private static JedisStore store(Endpoint endpoint) {
        return new JedisStore(Settings.redis(endpoint, TIMEOUT), Duration.ofSeconds(30));
    }

    private static Endpoint place(String master, int... ports) {
        List<HostPort> addresses = Arrays.stream(ports)
                .mapToObj(port -> new HostPort("127.0.0.1", port))
                .toList();
        return new Endpoint.SentinelEndpoint(addresses, master, Credentials.NONE);
    }

    private static void put(JedisStore store, String write) {
        store.begin(KEY, write, NANOS);
        store.endWith(KEY, write, Duration.ZERO, new StoredEntry(new byte[] {1}, Duration.ofMinutes(1)), NANOS);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).isNegative();
            Thread.onSpinWait();
        }
    }

    /** As a node does: its lookups go on, and its clock revives. */
    private static boolean works(JedisStore store) {
        try {
            store.revive(NANOS);
            put(store, "W" + System.nanoTime());
            return store.find(KEY, NANOS) != null;
        } catch (StoreException e) {
            return false;
        }
    }

    private static boolean hasReplicaInSync(RedisProcess master) {
        try (Jedis jedis = new Jedis("127.0.0.1", master.port())) {
            return jedis.info("replication").contains("state=online");
        }
    }

    private static boolean sentinelKnowsReplica(RedisProcess sentinel) {
        try (Jedis jedis = new Jedis("127.0.0.1", sentinel.port())) {
            return !jedis.sentinelReplicas("main").isEmpty()
                    && "ok".equals(jedis.sentinelReplicas("main").get(0).get("master-link-status"));
        }
    }

    @Test
    void find_masterDies_goesOnWithTheNextOne() {
        try (RedisProcess master = RedisProcess.started();
                RedisProcess replica = replicaOf(master);
                RedisProcess sentinel = sentinel(master);
                JedisStore store = store(place("main", 1, sentinel.port()))) { // nothing listens at the first address
            await(() -> hasReplicaInSync(master) && sentinelKnowsReplica(sentinel));
            await(() -> works(store));
            master.kill();

            await(() -> works(store));
            try (Jedis jedis = new Jedis("127.0.0.1", replica.port())) {
                assertThat(jedis.exists(KEY.text())).isTrue();
            }
        }
    }

    @Test
    void find_masterHangsAndIsReplaced_leavesItForGood() {
        try (RedisProcess master = RedisProcess.started();
                RedisProcess replica = replicaOf(master);
                RedisProcess sentinel = sentinel(master);
                JedisStore store = store(place("main", sentinel.port()))) {
            await(() -> hasReplicaInSync(master) && sentinelKnowsReplica(sentinel));
            await(() -> works(store));
            master.hang();
            await(() ->
                    isMaster(replica)); // no call uses the store meanwhile, so its connections are still to the old one
            master.resume();

            await(() -> connections(replica) > 0);
            await(() -> works(store));
            assertThat(existsAt(replica)).isTrue();
        }
    }

    /** Who is made a master closes its connections, this one, too. */
    @Test
    void sentinelsNameAnotherMaster_nobodyAsks_leavesTheOldOne() throws Exception {
        try (RedisProcess old = RedisProcess.started();
                RedisProcess next = RedisProcess.started()) {
            AtomicInteger master = new AtomicInteger(old.port());
            try (Peer sentinel = Peer.greeting((request, out) -> out.write(address(master.get())));
                    JedisStore store = store(place("main", sentinel.port()))) {
                await(() -> works(store));
                assertThat(connections(old)).isPositive();
                master.set(next.port());

                await(() -> connections(old) == 0);
            }
        }
    }

    @Test
    void hear_masterDies_goesOnWithTheNextOne() {
        NotedHearing hearing = new NotedHearing(Duration.ofMillis(400));
        try (RedisProcess master = RedisProcess.started();
                RedisProcess replica = replicaOf(master);
                RedisProcess sentinel = sentinel(master);
                JedisStore store = store(place("main", sentinel.port()))) {
            await(() -> hasReplicaInSync(master) && sentinelKnowsReplica(sentinel));
            store.hear(Set.of("c:"), hearing);
            hearing.awaitBeginning(1);
            master.kill();

            hearing.awaitEnding(1);
            hearing.awaitBeginning(2);
            set(replica);
            hearing.awaitChanged(KEY.text());
        }
    }

    @Test
    void hear_sentinelsNameAnotherMaster_leavesTheOldOneWhichLives() throws Exception {
        NotedHearing hearing = new NotedHearing(Duration.ofMillis(400));
        try (RedisProcess old = RedisProcess.started();
                RedisProcess next = RedisProcess.started()) {
            AtomicInteger master = new AtomicInteger(old.port());
            try (Peer sentinel = Peer.greeting((request, out) -> out.write(address(master.get())));
                    JedisStore store = store(place("main", sentinel.port()))) {
                store.hear(Set.of("c:"), hearing);
                hearing.awaitBeginning(1);
                master.set(next.port());

                hearing.awaitEnding(1);
                hearing.awaitBeginning(2);
                set(next);
                hearing.awaitChanged(KEY.text());
                await(() -> connections(old) == 0);
            }
        }
    }

    private static void set(RedisProcess redis) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.set(KEY.text(), "x");
        }
    }

    private static byte[] address(int port) {
        String digits = "" + port;
        return ("*2\r\n$9\r\n127.0.0.1\r\n$" + digits.length() + "\r\n" + digits + "\r\n").getBytes(US_ASCII);
    }

    private static boolean isMaster(RedisProcess redis) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            return jedis.info("replication").contains("role:master");
        } catch (JedisConnectionException e) {
            return false;
        }
    }

    private static boolean existsAt(RedisProcess redis) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            return jedis.exists(KEY.text());
        }
    }

    /** Those of the store, which call themselves nothing, and which are no replicas, Sentinels or this one. */
    private static long connections(RedisProcess redis) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            return jedis.clientList()
                    .lines()
                    .filter(line -> line.contains("name= ") && line.contains("flags=N"))
                    .filter(line -> !line.contains("cmd=client"))
                    .count();
        }
    }

    /** It writes what its master sends to a file, here and not in the working directory. */
    private RedisProcess replicaOf(RedisProcess master) {
        return RedisProcess.started("--dir", directory.toString(), "--replicaof", "127.0.0.1", "" + master.port());
    }

    private RedisProcess sentinel(RedisProcess master) {
        return RedisProcess.sentinel(master.port(), 1, directory.resolve("sentinel.conf"));
    }

    @Test
    void find_sentinelsDoNotKnowTheMaster_fails() {
        try (RedisProcess master = RedisProcess.started();
                RedisProcess sentinel = sentinel(master);
                JedisStore store = store(place("other", sentinel.port()))) {
            StoreException failure = catchThrowableOfType(StoreException.class, () -> store.find(KEY, NANOS));

            assertThat(failure).hasMessage("no Sentinel knows this master");
        }
    }

    @Test
    void find_sentinelNamesAReplica_isNotUsed() throws Exception {
        try (RedisProcess master = RedisProcess.started();
                RedisProcess replica = replicaOf(master);
                Peer sentinel = Peer.greeting((request, out) ->
                        out.write(("*2\r\n$9\r\n127.0.0.1\r\n$5\r\n" + replica.port() + "\r\n").getBytes(US_ASCII)));
                JedisStore store = store(place("main", sentinel.port()))) {
            StoreException failure = catchThrowableOfType(StoreException.class, () -> store.find(KEY, NANOS));

            assertThat(failure).hasMessage("the Sentinels name a server that is no master");
        }
    }

    @Test
    void find_sentinelTalksNonsense_fails() throws Exception {
        try (Peer sentinel = Peer.answering("*2\r\n$1\r\nx\r\n$1\r\ny\r\n".getBytes(US_ASCII));
                JedisStore store = store(place("main", sentinel.port()))) {
            assertThat(catchThrowableOfType(StoreException.class, () -> store.find(KEY, NANOS)))
                    .isNotNull();
        }
    }
}
