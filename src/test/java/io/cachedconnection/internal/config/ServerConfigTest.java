package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.FakeTime;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.testing.ScannedLog;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/** Reads through the configuration that WildFly and Quarkus have. */
class ServerConfigTest {

    private static final String CACHE = "connections-of-user";

    private final Map<String, String> file = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void read_environment_winsOverTheFile() {
        file.put("cached-connection.ttl", "PT5M");
        file.put("cached-connection.cache.connections-of-user.ttl", "PT30S");
        environment.put("CACHED_CONNECTION_TTL", "PT10M");
        environment.put("CACHED_CONNECTION_CACHE_CONNECTIONS_OF_USER_TTL", "40");

        ParsedConfig reading = read();

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.caches().get(CACHE).generalTtl()).isEqualTo(Duration.ofMinutes(10));
        assertThat(reading.caches().get(CACHE).ownTtl()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void read_environmentAlone_isTaken() {
        environment.put("CACHED_CONNECTION_REDIS_URI", "redis://cache.example:7000");
        environment.put("CACHED_CONNECTION_REDIS_POOL_MAX", "2");
        environment.put("CACHED_CONNECTION_CACHE_CONNECTIONS_OF_USER_MAX_VALUE_BYTES", "10");
        environment.put("CACHE_PROVIDER_TTL", "120");

        ParsedConfig reading = read();

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.redis().address()).isEqualTo("cache.example:7000");
        assertThat(reading.redis().pool().max()).isEqualTo(2);
        assertThat(reading.caches().get(CACHE).maxValueBytes()).isEqualTo(10);
        assertThat(reading.caches().get("provider-connection").ownTtl()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void read_unknownInTheEnvironment_isLeftAlone() {
        environment.put("CACHED_CONNECTION_REDIS_URL", "redis://cache.example:7000");

        assertThat(read().problems()).isEmpty();
    }

    @Test
    void read_wrongInTheEnvironment_namesThatSource() {
        environment.put("CACHED_CONNECTION_TTL", "soon");

        assertThat(read().problems()).singleElement().asString().contains("is 'soon' in EnvConfigSource.");
    }

    @Test
    void read_unknownInTheFile_namesThatSource() {
        file.put("cached-connection.tll", "PT5M");

        assertThat(read().problems())
                .containsExactly(
                        "CC-0201 Unknown setting cached-connection.tll in PropertiesConfigSource[source=the file]."
                                + " Did you mean cached-connection.ttl?");
    }

    @Test
    void read_emptyValue_isNotSet() {
        file.put("cached-connection.ttl", "");
        file.put("cached-connection.redis.password", "");

        assertThat(read().problems()).isEmpty();
        assertThat(read().redis().access().login().current().password()).isNull();
    }

    @Test
    void read_expression_isResolved() {
        file.put("cached-connection.ttl", "${shop.ttl}");
        file.put("shop.ttl", "PT7M");

        assertThat(read().caches().get(CACHE).generalTtl()).isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void read_expressionWithoutAValue_isAProblem() {
        file.put("cached-connection.ttl", "${shop.ttl}");

        assertThat(read().problems())
                .containsExactly("CC-0204 Setting cached-connection.ttl in PropertiesConfigSource[source=the file]"
                        + " refers to a ${...} that has no value. Give it one, or remove the setting.");
    }

    @Test
    void live_systemProperty_isPickedUp() {
        String key = "cached-connection.cache.live-test.ttl";
        Config config = new SmallRyeConfigBuilder().addDefaultSources().build();
        LiveSettings settings = new SettingsReader(config).live(new FakeTime());
        Supplier<CacheSettings> live = settings.of("live-test");
        try {
            System.setProperty(key, "PT9S");
            settings.renew();

            assertThat(live.get().ownTtl()).isEqualTo(Duration.ofSeconds(9));
        } finally {
            System.clearProperty(key);
        }
    }

    @Test
    void ofApplication_readsTheConfigurationOfThisClassLoader() {
        String key = "cached-connection.key-prefix";
        try {
            System.setProperty(key, "shop");

            assertThat(SettingsReader.ofApplication().read(Set.of()).keyPrefix())
                    .isEqualTo("shop");
        } finally {
            System.clearProperty(key);
        }
    }

    @Test
    void live_wrongValue_isLoggedAsAWarning() {
        MapConfig config = MapConfig.of();
        LiveSettings settings = new SettingsReader(config).live(new FakeTime());
        Supplier<CacheSettings> live = settings.of(CACHE);
        config.set("cached-connection.ttl", "soon");
        settings.renew();

        List<LogRecord> records = logged(live);

        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.getLevel()).isEqualTo(Level.WARNING);
            assertThat(record.getMessage()).contains("CC-0208 Cache connections-of-user keeps", "CC-0202");
        });
    }

    private static List<LogRecord> logged(Supplier<CacheSettings> live) {
        List<LogRecord> records = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger logger = Logger.getLogger("io.cachedconnection");
        logger.addHandler(handler);
        try {
            assertThat(live.get().generalTtl()).isEqualTo(Duration.ofMinutes(5));
        } finally {
            logger.removeHandler(handler);
        }
        return records;
    }

    private ParsedConfig read() {
        Config config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(file, "the file", 100), new EnvConfigSource(environment, 300))
                .build();
        return ScannedLog.text(new SettingsReader(config).read(Set.of(CACHE)));
    }
}
