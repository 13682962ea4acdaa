package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.CacheSettings;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.NearSettings;
import java.time.Duration;
import java.util.Optional;

/** The settings of one cache: its own, else the general ones, else the defaults. */
final class CacheReading {

    /** How the system that this project grew from calls the TTL of its only cache. */
    static final String ORIGINAL_TTL = "cache.provider.ttl";

    static final boolean ENABLED = true;
    static final Duration TTL = Duration.ofMinutes(5);
    static final double TTL_JITTER = 0.1;
    static final Duration NEGATIVE_TTL = Duration.ZERO;
    static final int MAX_VALUE_BYTES = 1024 * 1024;

    private final Reading reading;
    private final String cache;

    CacheReading(Reading reading, String cache) {
        this.reading = reading;
        this.cache = cache;
    }

    CacheSettings settings() {
        return new CacheSettings(
                read(Setting.ENABLED, ENABLED),
                ownTtl().orElse(null),
                reading.general(Setting.TTL).orElse(TTL),
                read(Setting.NEGATIVE_TTL, NEGATIVE_TTL),
                read(Setting.TTL_JITTER, TTL_JITTER),
                read(Setting.MAX_VALUE_BYTES, MAX_VALUE_BYTES),
                near());
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
        T general = reading.general(setting).orElse(fallback);
        return reading.own(setting, cache).orElse(general);
    }

    private Optional<Duration> ownTtl() {
        Optional<Duration> own = reading.own(Setting.TTL, cache);
        if (own.isPresent() || !cache.equals(KeySpace.PROVIDER_CONNECTION)) {
            return own;
        }
        return reading.at(ORIGINAL_TTL, Setting.TTL.allowed());
    }
}
