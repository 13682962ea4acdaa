package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.FormatSettings;
import java.util.Map;
import java.util.function.Function;

/** How the values and keys of caches stand in Redis; does not change while the application runs. Thread-safe. */
public final class CacheFormatSettings {

    private final Map<String, FormatSettings> known;
    private final Function<String, FormatSettings> others;

    /** Those of the caches that are {@code known} when the application starts, and of {@code others}, opened by hand. */
    CacheFormatSettings(Map<String, FormatSettings> known, Function<String, FormatSettings> others) {
        this.known = Map.copyOf(known);
        this.others = others;
    }

    /**
     * How those of this cache stand there. To be asked for once, on a thread of the application: for a cache that was not
     * known at the start this may have to be read.
     *
     * @throws IllegalArgumentException with all that is wrong, if such a cache has settings of its own
     */
    public FormatSettings of(String cache) {
        FormatSettings settings = known.get(cache);
        return settings == null ? others.apply(cache) : settings;
    }
}
