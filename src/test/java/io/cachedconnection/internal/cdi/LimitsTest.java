package io.cachedconnection.internal.cdi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.json.JsonbCodecs;
import io.cachedconnection.internal.redis.JedisStore;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Settings;
import jakarta.json.bind.annotation.JsonbCreator;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is large, all the way from the value to a real Redis and back. */
class LimitsTest {

    /** A row of a list. */
    public record Account(UUID id, String owner, long cents) {
        @JsonbCreator
        public Account {}
    }

    /** A method of this type says what its list holds. */
    interface Rows {
        List<Account> rows();
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int A_LOT = 100_000;

    private final RedisProcess redis = RedisProcess.started();
    private final JedisStore store =
            new JedisStore(Settings.redis(URI.create(redis.uri()), PATIENCE), Duration.ofSeconds(30));
    private final JsonbCodecs codecs = new JsonbCodecs();
    private final NotedEvents events = new NotedEvents();
    private final Engine engine =
            new Engine(Settings.ports(store, events, System::nanoTime), Settings.protocol(PATIENCE));

    @AfterEach
    void close() {
        codecs.close();
        store.close();
        redis.close();
    }

    private static Type rows() {
        try {
            return (ParameterizedType) Rows.class.getDeclaredMethod("rows").getGenericReturnType();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private <V> CacheBinding<V> plan(Type type, int maxValueBytes) {
        CacheSettings settings =
                new CacheSettings(true, null, Duration.ofMinutes(5), Duration.ZERO, 0, maxValueBytes, NearSettings.OFF);
        return new CacheBinding<>(
                new Cache("c", () -> settings, new CacheCounters()),
                codecs.of(type),
                EntryFormat.none(),
                TtlChoice.annotated(null));
    }

    private static List<Account> manyAccounts() {
        return IntStream.range(0, A_LOT)
                .mapToObj(i -> new Account(new UUID(7, i), "owner " + i, i))
                .toList();
    }

    private static EntryKey key(String parts) {
        return KeySpace.of("c", "").key(parts);
    }

    @Test
    void read_aHundredThousandEntities_areReturnedAndNotStored() throws Exception {
        List<Account> accounts = manyAccounts();
        CacheBinding<List<Account>> binding = plan(rows(), 1 << 20);

        assertThat(engine.read(binding, key("1"), () -> accounts).value()).isSameAs(accounts);
        assertThat(engine.read(binding, key("1"), List::of).source()).isEqualTo(Source.REPOSITORY);
        assertThat(events.all()).contains("too large");
    }

    @Test
    void read_aHundredThousandEntitiesAllowed_areReadBack() throws Exception {
        List<Account> accounts = manyAccounts();
        CacheBinding<List<Account>> binding = plan(rows(), 64 << 20);
        engine.read(binding, key("1"), () -> accounts);

        LookupResult<List<Account>> result = engine.read(binding, key("1"), List::of);
        assertThat(result.source()).isEqualTo(Source.REDIS);
        assertThat(result.value()).isEqualTo(accounts);
        assertThat(events.all()).isEmpty();
    }

    @Test
    void read_keyOfAHundredKilobytes_isFoundAgainAndShortInRedis() throws Exception {
        EntryKey one = key("x".repeat(A_LOT) + "1");
        EntryKey other = key("x".repeat(A_LOT) + "2");
        CacheBinding<String> binding = plan(String.class, 1 << 20);
        engine.read(binding, one, () -> "one");
        engine.read(binding, other, () -> "other");

        assertThat(engine.read(binding, one, () -> "").value()).isEqualTo("one");
        assertThat(engine.read(binding, other, () -> "").value()).isEqualTo("other");
        assertThat(one.text().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void read_exactlyAsLargeAsAllowed_isStored() throws Exception {
        CacheBinding<String> binding = plan(String.class, 1000);
        engine.read(binding, key("fits"), () -> "x".repeat(998)); // and two quotation marks
        engine.read(binding, key("not"), () -> "x".repeat(999));

        assertThat(engine.read(binding, key("fits"), () -> "").source()).isEqualTo(Source.REDIS);
        assertThat(engine.read(binding, key("not"), () -> "").source()).isEqualTo(Source.REPOSITORY);
    }
}
