package io.cachedconnection.internal.config;

import io.cachedconnection.internal.config.LiveSettings.LiveCacheSettings;
import io.cachedconnection.internal.config.UnknownKeys.ConfigFiles;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.profile.CacheProfile;
import io.cachedconnection.internal.profile.CacheProfiles;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Reads an application's configuration: all of it at the start, and the settings of one cache from then on. */
public final class SettingsReader {

    private static final Logger LOGGER = System.getLogger("io.cachedconnection");

    private final Config config;
    private final ConfigFiles files;

    /** A reader of this configuration. */
    public SettingsReader(Config config) {
        this(config, new ConfigFiles(List.of()));
    }

    SettingsReader(Config config, ConfigFiles files) {
        this.config = config;
        this.files = files;
    }

    /** A reader of the configuration of the application whose class loader is the thread's. */
    public static SettingsReader ofApplication() {
        return new SettingsReader(ConfigProvider.getConfig(), ConfigFiles.of(SettingsReader.class.getClassLoader()));
    }

    /** Whether it reads the configuration of the application whose class loader is the thread's. */
    public boolean isOfApplication() {
        return config == ConfigProvider.getConfig();
    }

    /**
     * Reads and checks everything.
     *
     * @param caches the names that methods use; those of profiles need not be among them
     */
    public ParsedConfig read(Set<String> caches) {
        Set<String> known = new TreeSet<>(caches);
        CacheProfiles.all().forEach(profile -> known.add(profile.cache()));
        ConfigReader reader = new ConfigReader(config);
        Map<String, CacheSettings> settings = new TreeMap<>();
        Map<String, EntityPolicy> entities = new TreeMap<>();
        for (String cache : known) {
            settings.put(cache, ofCache(reader, cache));
            entities.put(cache, reader.get(Setting.ENTITIES, cache));
        }
        new UnknownKeys(reader, known, files).check(config.getPropertyNames());
        files.check(reader, config.getPropertyNames());
        RedisSettingsReader ofRedis = new RedisSettingsReader(reader, SettingsReader::warn);
        RedisSettings redis = ofRedis.settings();
        return new ParsedConfig(
                redis,
                ofRedis.protocol(redis.pool().timeout()),
                reader.get(Setting.KEY_PREFIX),
                Map.copyOf(settings),
                cache -> {
                    @Nullable EntityPolicy policy = entities.get(cache);
                    return policy == null ? new ConfigReader(config).get(Setting.ENTITIES, cache) : policy;
                },
                new FormatSettingsReader(reader, known).settings(),
                reader.get(Setting.EVICT_ALL),
                reader.problems(),
                reader.warnings());
    }

    /** The settings of one cache that can change while the application runs. */
    static CacheSettings ofCache(ConfigReader reader, String cache) {
        boolean enabled = reader.get(Setting.ENABLED, cache);
        boolean evictsWhenOff = reader.get(Setting.EVICT_WHEN_DISABLED, cache);
        Optional<Duration> ownTtl = reader.find(Setting.TTL, cache);
        CacheProfile profile = CacheProfiles.ofCache(cache);
        if (ownTtl.isEmpty() && profile != null) {
            ownTtl = reader.find(profile.originalTtl(), Setting.TTL.type());
        }
        return new CacheSettings(
                enabled,
                evictsWhenOff,
                ownTtl.orElse(null),
                reader.get(Setting.TTL),
                reader.get(Setting.NEGATIVE_TTL, cache),
                reader.get(Setting.TTL_JITTER, cache),
                reader.get(Setting.MAX_VALUE_BYTES, cache),
                new NearSettings(
                        reader.get(Setting.NEAR_ENABLED, cache),
                        reader.get(Setting.NEAR_MAX_ENTRIES, cache),
                        reader.get(Setting.NEAR_MAX_STALENESS, cache)));
    }

    /** The settings of the caches while the application runs. */
    public LiveSettings live(LongSupplier nanoTime) {
        return new LiveSettings(cache -> new LiveCacheSettings(
                cache,
                () -> {
                    ConfigReader reader = new ConfigReader(config);
                    return reader.validated(ofCache(reader, cache));
                },
                SettingsReader::warn,
                change -> LOGGER.log(Level.INFO, change),
                nanoTime));
    }

    private static void warn(String warning) {
        LOGGER.log(Level.WARNING, warning);
    }
}
