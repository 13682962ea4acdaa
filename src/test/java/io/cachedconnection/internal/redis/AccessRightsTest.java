package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.endpoint.Secret;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.RemoteStoreContract;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** The rights that docs/reference/configuration.md gives a user are enough for everything, and none of them is too many. */
@TestInstance(Lifecycle.PER_CLASS)
class AccessRightsTest {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String LINE_START = "ACL SETUSER shop ";
    private static final String NAMING = "+client|setname"; // who may not stays nameless, which is no failure
    private static final Credentials LOGIN = new Credentials("shop", new Secret(Seeds.PASSWORD));

    private static final Pattern UPTIME = Pattern.compile("uptime_in_seconds:(\\d+)");

    private RedisProcess redis;
    private Jedis admin;

    @BeforeAll
    void start() {
        redis = RedisProcess.started();
        admin = new Jedis("127.0.0.1", redis.port());
    }

    @AfterAll
    void stop() {
        admin.close();
        redis.close();
    }

    /** The words of the line in the documentation, after the name of the user. */
    static List<String> documented() throws IOException {
        String line = Files.readAllLines(Path.of("docs/reference/configuration.md"), UTF_8).stream()
                .filter(text -> text.startsWith(LINE_START))
                .findFirst()
                .orElseThrow();
        String rights = line.substring(LINE_START.length()).replace(">s3cret", ">" + Seeds.PASSWORD);
        return Arrays.asList(rights.split(" "));
    }

    static Stream<String> commands() throws IOException {
        return documented().stream().filter(word -> word.startsWith("+") && !word.equals(NAMING));
    }

    static Stream<String> patterns() throws IOException {
        return documented().stream().filter(word -> word.startsWith("~") || word.startsWith("&"));
    }

    private void permit(List<String> words) {
        admin.aclDelUser("shop");
        admin.aclSetUser("shop", "resetchannels"); // as every user is from Redis 7 on
        admin.aclSetUser("shop", words.toArray(String[]::new));
    }

    private void permitAllBut(String word) throws IOException {
        permit(documented().stream().filter(other -> !other.equals(word)).toList());
    }

    private JedisStore store() {
        Endpoint endpoint = new Endpoint.ServerEndpoint(new HostPort("127.0.0.1", redis.port()));
        return new JedisStore(
                new RedisSettings(
                        endpoint,
                        new ConnectionSettings(LOGIN, null, 1, "shop-1"),
                        new PoolSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), 2),
                        new CircuitBreakerSettings(1_000_000, Duration.ofMillis(1))),
                Duration.ofSeconds(3)); // as the contract wants it
    }

    /** Everything that the store does, in a key space of the documented prefix. */
    private static void allSteps(JedisStore store) {
        KeySpace space =
                KeySpace.of("t" + UUID.randomUUID(), "shop").stamped(KeySpace.ofTags("shop", KeyNames.clear()), false);
        EntryKey key = space.key(Seeds.ARGUMENT);
        store.acquire(
                space.key("2"),
                new LeaseRequest("L0", Duration.ZERO, Duration.ofSeconds(9), Duration.ofHours(1)),
                NANOS);
        byte[] payload = new byte[Stamps.PLACE + 1 + Stamps.BYTES];
        payload[0] = Stamps.MAGIC;
        payload[1] = Stamps.VERSION;
        payload[Stamps.PLACE] = 1;
        StoredEntry storedEntry = new StoredEntry(payload, Duration.ofMinutes(1));
        store.find(key, NANOS);
        LeaseResult lease = store.acquire(
                key, new LeaseRequest("L1", Duration.ofMillis(1), Duration.ofSeconds(9), Duration.ofHours(1)), NANOS);
        assertThat(lease.verdict()).isEqualTo(Verdict.LEASED);
        assertThat(store.fill(key, "L1", storedEntry.with(lease.stamps()), NANOS))
                .isTrue();
        store.findEntry(key, NANOS);
        store.contains(key, NANOS);
        store.release(key, "L1", NANOS);
        store.remove(key, NANOS);
        store.begin(key, "W1", NANOS);
        store.end(key, "W1", Outcome.COMMITTED, NANOS);
        store.begin(key, "W2", NANOS);
        store.endWith(key, "W2", Duration.ZERO, storedEntry, NANOS);
        store.beginAll(space, "W3", NANOS);
        store.endAll(space, "W3", Outcome.COMMITTED, NANOS);
        store.evict(key, NANOS);
        hear(store, space);
    }

    private static void hear(JedisStore store, KeySpace space) {
        NotedHearing hearing = new NotedHearing(Duration.ofSeconds(5));
        store.hear(Set.of(space.prefix() + ":"), hearing);
        hearing.await(() -> hearing.isHeard() || !hearing.failures().isEmpty(), "began");
        if (!hearing.failures().isEmpty()) {
            throw new StoreException(Reason.REFUSED, hearing.failures().get(0));
        }
    }

    // A Redis that has only just begun lets no node fill.
    private void awaitSettled() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (uptime() < 4 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private int uptime() {
        Matcher seconds = UPTIME.matcher(admin.info("server"));
        return seconds.find() ? Integer.parseInt(seconds.group(1)) : 0;
    }

    @Test
    void steps_withTheDocumentedRights_allPass() throws IOException {
        awaitSettled();
        permit(documented());
        try (JedisStore store = store()) {
            allSteps(store);
            assertThat(admin.clientList()).contains("name=shop-1 ");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void steps_withoutOneCommand_fail(String command) throws IOException {
        awaitSettled();
        permitAllBut(command);
        // Without INFO a Redis seems to have begun just now: no node may fill.
        Class<?> kind = command.equals("+info") ? AssertionError.class : StoreException.class;
        try (JedisStore store = store()) {
            assertThatThrownBy(() -> allSteps(store)).isInstanceOf(kind);
        }
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void steps_withoutOnePattern_fail(String pattern) throws IOException {
        awaitSettled();
        permitAllBut(pattern);
        try (JedisStore store = store()) {
            assertThatThrownBy(() -> allSteps(store))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("it refused: NOPERM");
        }
    }

    @Test
    void find_withoutTheRight_failsByName() throws IOException {
        permitAllBut("+getrange");
        try (JedisStore store = store()) {
            assertThatThrownBy(() -> store.find(KeySpace.of("books", "shop").key(Seeds.ARGUMENT), NANOS))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("NOPERM");
        }
    }

    @Test
    void find_outsideThePrefix_failsByName() throws IOException {
        permit(documented());
        try (JedisStore store = store()) {
            assertThatThrownBy(() -> store.find(KeySpace.of("books", "other").key(Seeds.ARGUMENT), NANOS))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("NOPERM");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+client|tracking", "+subscribe", "&__redis__:invalidate", "+del", "+pttl", "+ping"})
    void hear_withoutOneRight_saysSoUntilItIsGiven(String right) throws IOException {
        NotedHearing hearing = new NotedHearing(Duration.ofSeconds(5));
        permitAllBut(right);
        try (JedisStore store = store()) {
            store.hear(Set.of("shop:books:"), hearing);
            hearing.await(() -> hearing.failures().size() > 1, "failed");
            assertThat(hearing.failures()).containsOnly("it refused: NOPERM");
            assertThat(hearing.beginnings()).isZero();
            permit(documented());

            hearing.awaitBeginning(1);
        }
    }

    @Nested
    @Tag("proof")
    @TestInstance(Lifecycle.PER_CLASS)
    class Contract extends RemoteStoreContract {

        private JedisStore store;

        @BeforeAll
        void open() throws IOException {
            awaitSettled();
            // The contract has caches of another name.
            permit(documented().stream()
                    .map(word -> word.equals("~shop:*") ? "~t*" : word.equals("~{shop:*") ? "~{t*" : word)
                    .toList());
            store = AccessRightsTest.this.store();
        }

        @AfterAll
        void close() {
            store.close();
        }

        @Override
        protected RemoteStore store() {
            return store;
        }

        @Override
        protected void pass(Duration time) {
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }
    }
}
