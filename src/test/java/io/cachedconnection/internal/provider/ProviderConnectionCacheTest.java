package io.cachedconnection.internal.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.FakeTime;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.json.JsonbCodecs;
import io.cachedconnection.internal.redis.JedisStore;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderConnectionCache;
import io.cachedconnection.provider.ProviderCredentials;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.NotedLog;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TestRedis;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** The contract of the system that this project grew from, on a real Redis. */
class ProviderConnectionCacheTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");

    private final ProviderConnection connection = ProviderConnection.pending(
                    UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "schwab", NOW)
            .activate(credentials(), NOW);
    private final String key = "provider:conn:" + connection.id();
    private final NotedLog log = new NotedLog();
    private final FakeTime time = new FakeTime();
    private final Jedis redis = new Jedis(TestRedis.uri());
    private final RemoteStore store = new JedisStore(Settings.redis(TestRedis.uri()), Duration.ofSeconds(30));
    private final ProviderConnectionCache cache = on(store);

    private static ProviderCredentials credentials() {
        return new ProviderCredentials(Seeds.CREDENTIALS.getBytes(StandardCharsets.UTF_8), CredentialType.OAUTH2, null);
    }

    private ProviderConnectionCache on(RemoteStore remote) {
        Ports ports = Settings.ports(remote, new NotedEvents(), System::nanoTime);
        KeySpace keys = KeySpace.of(ConnectionProfile.CACHE, "");
        CacheBinding<ProviderConnection> binding = new CacheBinding<>(
                new Cache(keys.cache(), Settings::cache, new CacheCounters()),
                new JsonbCodecs().of(ProviderConnection.class),
                EntryFormat.none(),
                TtlChoice.annotated(null));
        Engine engine = new Engine(ports, Settings.protocol(Duration.ofSeconds(2)));
        return new EngineProviderConnectionCache(engine, binding, keys, new ProviderLog(log, time));
    }

    @AfterEach
    void close() {
        redis.del(key);
        redis.close();
        store.close();
    }

    @Test
    void get_nothingSet_isEmptyAndUnsaid() {
        assertThat(cache.get(connection.id())).isEmpty();
        assertThat(log.all()).isEmpty();
    }

    @Test
    void get_set_isEqual() {
        cache.set(connection);

        assertThat(cache.get(connection.id())).contains(connection);
        assertThat(redis.ttl(key)).isBetween(298L, 300L);
    }

    @Test
    void getWithLoader_nothingSet_loadsOnceAndStores() {
        assertThat(cache.get(connection.id(), () -> connection)).isEqualTo(connection);

        assertThat(redis.ttl(key)).isBetween(298L, 300L);
        assertThat(cache.get(connection.id(), () -> fail("it is there"))).isEqualTo(connection);
    }

    @Test
    void getWithLoader_writtenWhileItLoads_isNotStored() throws Exception {
        assertThat(cache.get(connection.id(), () -> {
                    elsewhere(() -> cache.delete(connection.id()));
                    return connection; // read before the write
                }))
                .isEqualTo(connection);

        assertThat(cache.exists(connection.id())).isFalse();
    }

    private static void elsewhere(Runnable work) throws InterruptedException {
        Thread thread = new Thread(work);
        thread.start();
        thread.join();
    }

    @Test
    void getWithLoader_thereIsNone_isNullAndPassesExceptionsAsTheyAre() {
        IOException failure = new IOException();

        assertThat(cache.get(connection.id(), () -> null)).isNull();
        assertThatThrownBy(() -> cache.get(connection.id(), () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatNullPointerException().isThrownBy(() -> cache.get(null, () -> connection));
        assertThat(redis.exists(key)).isFalse();
    }

    @Test
    void set_withTtl_livesThatLong() {
        cache.set(connection, Duration.ofSeconds(20));

        assertThat(redis.ttl(key)).isBetween(18L, 20L);
    }

    @Test
    void set_ttlOfNothing_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> cache.set(connection, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> cache.set(connection, Duration.ofSeconds(-1)));
        assertThat(redis.exists(key)).isFalse();
    }

    @Test
    void delete_set_isTrueOnce() {
        cache.set(connection);

        assertThat(cache.delete(connection.id())).isTrue();
        assertThat(cache.delete(connection.id())).isFalse();
        assertThat(cache.get(connection.id())).isEmpty();
    }

    @Test
    void exists_set_isTrueUntilDeleted() {
        assertThat(cache.exists(connection.id())).isFalse();
        cache.set(connection);
        assertThat(cache.exists(connection.id())).isTrue();
        cache.delete(connection.id());
        assertThat(cache.exists(connection.id())).isFalse();
    }

    @Test
    void get_entryCannotBeRead_isEmptyRemovedAndSaidWithoutTheId() {
        redis.set(key, "{\"id\": \"" + Seeds.PASSWORD + "\"}");

        assertThat(cache.get(connection.id())).isEmpty();
        assertThat(redis.exists(key)).isFalse();
        assertThat(log.of(Level.WARNING))
                .singleElement()
                .asString()
                .startsWith("CC-0701 ")
                .doesNotContain(connection.id().toString(), Seeds.WORD);
    }

    @Test
    void allOfIt_redisAway_failsOpenAndIsSaidOnceAMinute() {
        try (RedisProcess absent = RedisProcess.notStarted();
                RemoteStore remote = new JedisStore(Settings.redis(URI.create(absent.uri())), Duration.ofSeconds(30))) {
            ProviderConnectionCache away = on(remote);

            assertThat(away.get(connection.id())).isEmpty();
            away.set(connection);
            assertThat(away.delete(connection.id())).isFalse();
            assertThat(away.exists(connection.id())).isFalse();
            assertThat(log.of(Level.WARNING))
                    .singleElement()
                    .asString()
                    .contains(connection.id().toString());

            time.pass(Duration.ofMinutes(1));
            away.set(connection);
            assertThat(log.of(Level.WARNING)).hasSize(2).noneMatch(line -> line.contains(Seeds.WORD));
        }
    }
}
