package io.cachedconnection.internal.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place where settings are looked for.
 *
 * @param reading the pass through the configuration
 * @param cache the cache that they hold for alone; null if for all
 */
record SettingLevel(ConfigReader reading, @Nullable String cache) {

    String key(Setting<?> setting) {
        return cache == null ? setting.key() : setting.key(cache);
    }

    <T> Optional<T> read(Setting<T> setting) {
        return reading.at(key(setting), setting.allowed());
    }

    /** Whether there is a value, right or wrong. */
    boolean isSet(Setting<?> setting) {
        return reading.isSet(key(setting));
    }
}
