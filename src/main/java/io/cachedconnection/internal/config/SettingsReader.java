package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.CacheSettings;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.RedisSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The reader of an application's configuration: all of it at the start, and that of one cache from then on. */
public final class SettingsReader {

    private static final Logger LOGGER = System.getLogger("io.cachedconnection");

    private final Config config;
    private final UnseenFiles unseen;

    /** A reader of this configuration. */
    public SettingsReader(Config config) {
        this(config, new UnseenFiles(List.of()));
    }

    SettingsReader(Config config, UnseenFiles unseen) {
        this.config = config;
        this.unseen = unseen;
    }

    /** A reader of the configuration of the application whose class loader is the thread's. */
    public static SettingsReader ofApplication() {
        return new SettingsReader(ConfigProvider.getConfig(), UnseenFiles.of(SettingsReader.class.getClassLoader()));
    }

    /** Whether it reads the configuration of the application whose class loader is the thread's. */
    public boolean isOfApplication() {
        return config == ConfigProvider.getConfig();
    }

    /**
     * Reads and checks everything.
     *
     * @param caches the names that methods use; the cache of the provider connections need not be among them
     */
    public ConfigReading read(Set<String> caches) {
        Set<String> known = new TreeSet<>(caches);
        known.add(KeySpace.PROVIDER_CONNECTION);
        ConfigReader configReader = new ConfigReader(config);
        Map<String, CacheSettings> settings = new TreeMap<>();
        Map<String, EntityPolicy> entities = new TreeMap<>();
        for (String cache : known) {
            CacheReading ofCache = new CacheReading(configReader, cache);
            settings.put(cache, ofCache.settings());
            entities.put(cache, ofCache.entities());
        }
        new UnknownKeys(configReader, known, unseen).check(config.getPropertyNames());
        unseen.check(configReader, config.getPropertyNames());
        RedisSettings redis = new RedisReading(configReader, SettingsReader::warn).settings();
        return new ConfigReading(
                redis,
                new ProtocolReading(configReader).settings(redis.pool().timeout()),
                configReader.general(Setting.KEY_PREFIX).orElse(""),
                Map.copyOf(settings),
                cache -> entities.containsKey(cache)
                        ? entities.get(cache)
                        : new CacheReading(new ConfigReader(config), cache).entities(),
                new WireReading(configReader, known).settings(),
                configReader.problems(),
                configReader.warnings());
    }

    /** The settings of the caches while the application runs. */
    public LiveSettings live(LongSupplier nanoTime) {
        return new LiveSettings(cache -> live(cache, nanoTime));
    }

    private LiveCacheSettings live(String cache, LongSupplier nanoTime) {
        return new LiveCacheSettings(
                cache, () -> checked(cache), SettingsReader::warn, change -> LOGGER.log(Level.INFO, change), nanoTime);
    }

    private static void warn(String warning) {
        LOGGER.log(Level.WARNING, warning);
    }

    private Validated<CacheSettings> checked(String cache) {
        ConfigReader configReader = new ConfigReader(config);
        CacheSettings settings = new CacheReading(configReader, cache).settings();
        return new Validated<>(settings, configReader.problems());
    }
}
