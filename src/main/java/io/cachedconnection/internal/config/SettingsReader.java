package io.cachedconnection.internal.config;

import io.cachedconnection.internal.config.LiveSettings.LiveCacheSettings;
import io.cachedconnection.internal.config.ParsedConfig.ConsoleSettings;
import io.cachedconnection.internal.config.ParsedConfig.TelemetrySettings;
import io.cachedconnection.internal.config.UnknownKeys.ConfigFiles;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.VerificationSettings;
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
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Reads an application's configuration: all of it at the start, and later the settings of single caches. */
public final class SettingsReader {

    private static final Logger LOGGER = System.getLogger("io.cachedconnection");

    private final Config config;
    private final ConfigFiles files;

    /** Creates a reader of this configuration. */
    public SettingsReader(Config config) {
        this(config, new ConfigFiles(List.of()));
    }

    SettingsReader(Config config, ConfigFiles files) {
        this.config = config;
        this.files = files;
    }

    /** Creates a reader of the configuration of the application whose class loader is the thread's. */
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
     * @param caches the names that methods use; names of profiles are optional
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
                console(reader),
                new TelemetrySettings(
                        reader.get(Setting.TELEMETRY_METRICS),
                        reader.get(Setting.TELEMETRY_SPANS),
                        reader.get(Setting.TELEMETRY_JMX),
                        reader.get(Setting.HEALTH_REQUIRED)),
                reader.problems(),
                reader.warnings());
    }

    /** Reads the settings of the console. Wrong settings count as not set here, and stop the deployment elsewhere. */
    public ConsoleSettings console() {
        return console(new ConfigReader(config));
    }

    private static ConsoleSettings console(ConfigReader reader) {
        return new ConsoleSettings(
                reader.get(Setting.CONSOLE_ENABLED),
                reader.find(Setting.CONSOLE_ROLE).orElse(null),
                reader.get(Setting.CONSOLE_VALUES));
    }

    /** Returns the current settings of the application and of all caches. */
    public List<SettingInForce> inForce() {
        ConfigReader reader = new ConfigReader(config);
        return Stream.concat(Setting.OF_ALL.stream(), Setting.OF_A_CACHE.stream())
                .map(setting -> SettingInForce.of(setting, Setting.GENERAL, reader))
                .toList();
    }

    /** Returns the current settings that are set for one cache alone. */
    public List<SettingInForce> inForce(String cache) {
        ConfigReader reader = new ConfigReader(config);
        return Setting.OF_A_CACHE.stream()
                .filter(setting -> reader.isSet(setting.key(cache)))
                .map(setting -> SettingInForce.of(setting, cache, reader))
                .toList();
    }

    /**
     * One setting, for display.
     *
     * @param key the whole configuration key
     * @param value its value; for a possible secret, only whether it is set
     * @param source the name of its source, {@code default} if it is not set
     */
    public record SettingInForce(String key, String value, String source) {

        /** The source of a setting that is not set. */
        public static final String DEFAULT = "default";

        static SettingInForce of(Setting<?> setting, String cache, ConfigReader reader) {
            String key = setting.key(cache);
            Optional<String> text = reader.find(key, Setting.TEXT);
            String value;
            if (!setting.type().shown()) {
                value = text.isPresent() ? "set" : "not set";
            } else {
                value = text.map(ConfigReader::quotable)
                        .orElse(setting.preset() == null ? "" : setting.preset().toString());
            }
            return new SettingInForce(key, value, text.isPresent() ? reader.source(key) : DEFAULT);
        }
    }

    /** Reads the settings of one cache that can change at run time. */
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
                        reader.get(Setting.NEAR_MAX_STALENESS, cache)),
                new VerificationSettings(
                        reader.get(Setting.VERIFY_SAMPLE, cache), reader.get(Setting.VERIFY_FAIL, cache)));
    }

    /** Returns the live settings of the caches. */
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
