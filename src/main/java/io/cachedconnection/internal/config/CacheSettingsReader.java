package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.CacheSettings;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.NearSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of one cache that can change while the application runs. */
final class CacheSettingsReader {

    /** How the system that this project grew from calls the TTL of its only cache. */
    static final String ORIGINAL_TTL = "cache.provider.ttl";

    private CacheSettingsReader() {}

    static CacheSettings read(ConfigReader reader, String cache) {
        boolean enabled = reader.get(Setting.ENABLED, cache);
        boolean evictsWhenOff = reader.get(Setting.EVICT_WHEN_DISABLED, cache);
        Optional<Duration> ownTtl = reader.find(Setting.TTL, cache);
        if (ownTtl.isEmpty() && cache.equals(KeySpace.PROVIDER_CONNECTION)) {
            ownTtl = reader.find(ORIGINAL_TTL, Setting.TTL.type());
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

    /** What has changed from {@code before} to {@code after}, for people; empty if nothing has. None of it is a secret. */
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
        StringJoiner changes = new StringJoiner(", ");
        values.forEach((setting, value) -> {
            if (!Objects.equals(value.apply(before), value.apply(after))) {
                changes.add(setting.name() + " from " + value.apply(before) + " to " + value.apply(after));
            }
        });
        return changes.toString();
    }
}
