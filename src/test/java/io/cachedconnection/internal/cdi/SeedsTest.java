package io.cachedconnection.internal.cdi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.provider.ProviderConnectionCache;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * Secrets, arguments and values in all places where the library logs something, on a real Redis. That a line is there is
 * seen here; that no seed is in it, by {@code LogScan}.
 */
class SeedsTest {

    /** A repository of what is nobody's business. */
    @ApplicationScoped
    static class Vault {

        /** What it holds. */
        public record Coin(String owner, String text) {}

        /** What cannot be written. */
        public static class Unwritable {
            public String getText() {
                throw new IllegalStateException(Seeds.VALUE);
            }
        }

        @CachedConnection(cache = "coins")
        public Optional<Coin> coin(String owner) {
            return Optional.of(new Coin(owner, Seeds.VALUE));
        }

        @CachedConnection(cache = "large")
        public String large(String owner) {
            return (owner + Seeds.VALUE).repeat(1000);
        }

        @CachedConnection(cache = "unwritable")
        public Unwritable unwritable(String owner) {
            return new Unwritable();
        }

        @CachedConnection
        public String amongConnections(UUID id) {
            return Seeds.VALUE;
        }

        @EvictConnection(cache = "coins")
        public void spend(@CacheKey String owner) {
            // the eviction is all there is to see
        }
    }

    private static final String PREFIX = "cached-connection.";

    @TempDir
    Path directory;

    private final RedisProcess redis = RedisProcess.started("--requirepass", Seeds.PASSWORD);
    private final LoggedLines log = new LoggedLines();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            PREFIX + "redis.uri", "redis://:" + Seeds.PASSWORD + "@127.0.0.1:" + redis.port(),
            PREFIX + "redis.timeout", "PT5S",
            PREFIX + "max-value-bytes", "1000"));

    @AfterEach
    void stop() {
        settings.keySet().forEach(System::clearProperty);
        log.close();
        redis.close();
    }

    private WeldContainer started() {
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig()); // it remembers names
        settings.forEach(System::setProperty);
        return new Weld()
                .disableDiscovery()
                .addExtensions(new PortableExtension())
                .addBeanClass(Vault.class)
                .initialize();
    }

    private void set(String name, String value) {
        settings.put(PREFIX + name, value);
    }

    private Jedis jedis() {
        return new Jedis(
                new HostAndPort("127.0.0.1", redis.port()),
                DefaultJedisClientConfig.builder().password(Seeds.PASSWORD).build());
    }

    /** Looks up until these have been logged: when the background does its part is not the test's business. */
    private void untilLogged(Vault vault, String... ids) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        do {
            assertThat(System.nanoTime() - end).as("too late").isNegative();
            assertThat(vault.coin(Seeds.ARGUMENT)).isPresent();
        } while (!log.ids().containsAll(List.of(ids)));
    }

    @Test
    void values_brokenTooLargeAndUnwritable_areSaid() {
        try (WeldContainer container = started();
                Jedis jedis = jedis()) {
            Vault vault = container.select(Vault.class).get();
            vault.coin(Seeds.ARGUMENT);
            String key = jedis.keys("coins:*").iterator().next();
            byte[] damaged = jedis.get(key.getBytes(UTF_8));
            damaged[damaged.length - 1] = '!';
            jedis.set(key.getBytes(UTF_8), damaged);
            assertThat(vault.coin(Seeds.ARGUMENT)).isPresent();
            for (String broken : new String[] {
                Seeds.VALUE,
                "{\"owner\":{\"" + Seeds.WORD + "\":1}}",
                "{\"" + Seeds.WORD + "\":",
                "[\"" + Seeds.WORD + "\"]"
            }) {
                jedis.set(key, broken);
                assertThat(vault.coin(Seeds.ARGUMENT)).isPresent();
            }
            vault.large(Seeds.ARGUMENT);
            vault.unwritable(Seeds.ARGUMENT);

            ScannedLog.text(container.select(ConnectionCaches.class).get().statistics());
            assertThat(log.ids()).contains("CC-0138", "CC-0502", "CC-0401", "CC-0402", "CC-0403");
        }
    }

    @Test
    void redis_hangsAndDies_isSaid() {
        set("redis.timeout", "PT0.3S");
        set("near.enabled", "true");
        try (WeldContainer container = started()) {
            Vault vault = container.select(Vault.class).get();
            vault.coin(Seeds.ARGUMENT);
            redis.hang();
            untilLogged(vault, "CC-0301", "CC-0304");
            vault.spend(Seeds.ARGUMENT);
            redis.resume();
            untilLogged(vault, "CC-0302", "CC-0305");

            redis.kill();
            vault.spend(Seeds.ARGUMENT);
        }
        assertThat(log.ids()).contains("CC-0303");
    }

    @Test
    void login_refused_isSaid() {
        set("redis.uri", "redis://127.0.0.1:" + redis.port());
        set("redis.username", Seeds.USER);
        set("redis.password", Seeds.PASSWORD + "Wrong");
        try (WeldContainer container = started()) {
            untilLogged(container.select(Vault.class).get(), "CC-0301");

            assertThat(log.warnings()).anyMatch(line -> line.contains("WRONGPASS"));
        }
    }

    @Test
    void providerConnection_brokenOrRedisAway_isSaid() {
        UUID id = UUID.randomUUID();
        set("redis.timeout", "PT1S");
        try (WeldContainer container = started();
                Jedis jedis = jedis()) {
            ProviderConnectionCache cache =
                    container.select(ProviderConnectionCache.class).get();
            cache.exists(id); // the connection is made
            jedis.set("provider:conn:" + id, "{\"id\":\"" + id + "\",\"credentials\":\"" + Seeds.CREDENTIALS + "\"}");
            assertThat(cache.get(id)).isEmpty();
            redis.kill();
            assertThat(cache.get(id)).isEmpty();
        }
        assertThat(log.ids()).contains("CC-0701", "CC-0702");
    }

    @Test
    void settings_wrong_areSaid() throws Exception {
        Path garbage = Files.writeString(directory.resolve("garbage"), Seeds.PASSWORD + "\n" + Seeds.ENCRYPTION_KEY);
        set("redis.uri", "rediss://" + Seeds.USER + ":" + Seeds.PASSWORD + "@127.0.0.1:x");
        set("redis.password", Seeds.PASSWORD);
        set("redis.password-file", garbage.toString());
        set("redis.tls.trust-store", garbage.toString());
        set("redis.tls.trust-store-password", Seeds.PASSWORD);
        set("redis.tls.key-file", garbage.toString());
        set("redis.sentinel.username", Seeds.USER);
        set("redis.pasword", Seeds.PASSWORD);
        set("wire", "JSON");
        set("encryption.enabled", "true");
        set("encryption.keys", Seeds.ENCRYPTION_KEY);
        set("key-privacy.enabled", "true");
        set("key-privacy.key", Seeds.MAC_KEY);

        Throwable refused = ScannedLog.thrown(catchThrowable(this::started));

        assertThat(refused).hasMessageContainingAll("CC-0501", "CC-0201", "CC-0209", "CC-0211", "CC-0216");
    }
}
