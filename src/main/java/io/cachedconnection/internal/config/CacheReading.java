package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.CacheSettings;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.NearSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings of one cache: its own, else the general ones, else the defaults. */
final class CacheReading {

    /** How the system that this project grew from calls the TTL of its only cache. */
    static final String ORIGINAL_TTL = "cache.provider.ttl";

    static final boolean ENABLED = true;
    static final Duration TTL = Duration.ofMinutes(5);
    static final double TTL_JITTER = 0.1;
    static final Duration NEGATIVE_TTL = Duration.ZERO;
    static final int MAX_VALUE_BYTES = 1024 * 1024;

    private final ConfigReader configReader;
    private final String cache;

    CacheReading(ConfigReader configReader, String cache) {
        this.configReader = configReader;
        this.cache = cache;
    }

    CacheSettings settings() {
        return new CacheSettings(
                read(Setting.ENABLED, ENABLED),
                read(Setting.EVICT_WHEN_DISABLED, true),
                ownTtl().orElse(null),
                configReader.general(Setting.TTL).orElse(TTL),
                read(Setting.NEGATIVE_TTL, NEGATIVE_TTL),
                read(Setting.TTL_JITTER, TTL_JITTER),
                read(Setting.MAX_VALUE_BYTES, MAX_VALUE_BYTES),
                near());
    }

    /** What has changed from the one to the other, for people; empty if nothing has. No value of these is a secret. */
    static String differences(CacheSettings before, CacheSettings after) {
        Map<Setting<?>, Function<CacheSettings, @Nullable Object>> values = new LinkedHashMap<>();
        values.put(Setting.ENABLED, CacheSettings::enabled);
        values.put(Setting.EVICT_WHEN_DISABLED, CacheSettings::evictsWhenOff);
        values.put(Setting.TTL, settings -> settings.ttl(null));
        values.put(Setting.TTL_JITTER, CacheSettings::jitter);
        values.put(Setting.NEGATIVE_TTL, CacheSettings::negativeTtl);
        values.put(Setting.MAX_VALUE_BYTES, CacheSettings::maxValueBytes);
        values.put(Setting.NEAR_ENABLED, settings -> settings.near().enabled());
        values.put(Setting.NEAR_MAX_ENTRIES, settings -> settings.near().maxEntries());
        values.put(Setting.NEAR_MAX_STALENESS, settings -> settings.near().maxStaleness());
        return values.entrySet().stream()
                .filter(value -> !Objects.equals(
                        value.getValue().apply(before), value.getValue().apply(after)))
                .map(value ->
                        value.getKey().name() + " from " + value.getValue().apply(before) + " to "
                                + value.getValue().apply(after))
                .collect(Collectors.joining(", "));
    }

    EntityPolicy entities() {
        return read(Setting.ENTITIES, EntityPolicy.REFUSED);
    }

    private NearSettings near() {
        return new NearSettings(
                read(Setting.NEAR_ENABLED, NearSettings.OFF.enabled()),
                read(Setting.NEAR_MAX_ENTRIES, NearSettings.OFF.maxEntries()),
                read(Setting.NEAR_MAX_STALENESS, NearSettings.OFF.maxStaleness()));
    }

    // Both are read, so that a wrong general one is found even where each cache has its own.
    private <T> T read(Setting<T> setting, T fallback) {
        T general = configReader.general(setting).orElse(fallback);
        return configReader.own(setting, cache).orElse(general);
    }

    private Optional<Duration> ownTtl() {
        Optional<Duration> own = configReader.own(Setting.TTL, cache);
        if (own.isPresent() || !cache.equals(KeySpace.PROVIDER_CONNECTION)) {
            return own;
        }
        return configReader.at(ORIGINAL_TTL, Setting.TTL.allowed());
    }
}
