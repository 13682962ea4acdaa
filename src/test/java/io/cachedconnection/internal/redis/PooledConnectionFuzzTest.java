package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Started;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/**
 * A hundred thousand replies of Redis, of which one in twenty comes to harm on its way: changed, shortened, late, in pieces,
 * twice, twice with a pause, cut off. Two tests share them; {@code -Dfuzz.exchanges} and {@code -Dfuzz.seed} make another
 * run of it.
 *
 * <p>Promised is then what can be: each value is that of its key and not older than a write that had returned, nothing is
 * thrown that is not announced, and nothing is left open. For that a lie must be known for one:
 *
 * <ul>
 *   <li>a reply to another command, by the mark behind it ({@link Line});
 *   <li>a changed value, by the codec: here a checksum, in the library the shape of the JSON only, so what stays readable
 *       is believed there;
 *   <li>a changed answer of a step, by its being a word: a fill that was refused and is believed done would be shared with
 *       callers who came after a write.
 * </ul>
 *
 * <p>Not promised, and not asked here: whether an entry is there or was removed, which are numbers; and that an eviction of
 * all finds every key, when the replies that tell it the keys are changed.
 */
@Tag("proof")
class PooledConnectionFuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final long EXCHANGES = Long.getLong("fuzz.exchanges", 100_000) / 2;
    private static final int ONE_IN = 20;
    private static final int THREADS = 8;
    private static final int CONNECTIONS = 8;
    private static final long FAR_TOO_LONG = TimeUnit.MINUTES.toNanos(1 + EXCHANGES / 10_000);

    private final RedisProcess redis = RedisProcess.started();
    private final Ledger ledger = new Ledger();
    private final Set<Thread> before = threads();
    private final MischievousProxy proxy =
            new MischievousProxy(redis.port(), SEED, EnumSet.allOf(Mischief.class), ONE_IN);

    @AfterEach
    void end() throws Exception {
        proxy.close();
        redis.close();
    }

    private RedisSettings settings() {
        return new RedisSettings(
                new Endpoint.ServerEndpoint(new HostPort("127.0.0.1", proxy.port())),
                new ConnectionSettings(Credentials.NONE, null, 0, null),
                new PoolSettings(Duration.ofNanos(Fuzzed.NANOS), Duration.ofMillis(500), CONNECTIONS),
                new CircuitBreakerSettings(Integer.MAX_VALUE, Duration.ofMillis(1))); // it would spare it the mischief
    }

    @Test
    void store_repliesComeToHarm_nothingWrongIsSeenAndNothingIsLeft() {
        try (Fuzzed store = new FuzzedStore(settings(), ledger)) {
            work(List.of(store));
            awaitOpen(open -> open <= CONNECTIONS);
        }
        assertFuzzed();
    }

    @Test
    void engine_repliesComeToHarm_nothingWrongIsSeenAndNothingIsLeft() {
        try (Fuzzed one = new FuzzedNode(settings(), ledger);
                Fuzzed other = new FuzzedNode(settings(), ledger)) {
            work(List.of(one, other));
            awaitOpen(open -> open <= 2 * CONNECTIONS);
        }
        assertFuzzed();
    }

    private void work(List<Fuzzed> all) {
        List<Started<Boolean>> threads = IntStream.range(0, THREADS)
                .mapToObj(number -> Started.of(() -> worked(all.get(number % all.size()), number)))
                .toList();
        await(() -> proxy.replies() >= EXCHANGES || threads.stream().anyMatch(Started::isOver));
        threads.forEach(Started::result);
    }

    private boolean worked(Fuzzed fuzzed, int number) throws Exception {
        Random random = new Random(SEED * THREADS + number);
        while (proxy.replies() < EXCHANGES) {
            fuzzed.step(number, random);
        }
        return true;
    }

    private void assertFuzzed() {
        awaitOpen(open -> open == 0);
        await(() -> before.containsAll(threads()));
        System.out.println("Fuzz of connections: " + proxy.replies() + " replies; " + ledger + "; " + proxy.done());
        assertThat(ledger.samples()).isEmpty();
        assertThat(proxy.done()).containsOnlyKeys(Mischief.values());
        assertThat(ledger.loads()).isPositive().isLessThan(ledger.seen());
    }

    /** As the proxy sees it, and as Redis does. */
    private void awaitOpen(LongPredicate number) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            await(() -> number.test(proxy.open())
                    && number.test(jedis.clientList().lines().count() - 1));
        }
    }

    /** The library's. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("cached-connection"))
                .collect(Collectors.toSet());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + FAR_TOO_LONG;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
