package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.WireSettings;
import java.util.Map;

/**
 * How the values and keys of caches stand in Redis; does not change while the application runs.
 *
 * @param known those of the caches that were known when the application started
 * @param others those of all others, which are opened by hand
 */
public record CacheWires(Map<String, WireSettings> known, WireSettings others) {

    /** Of each cache. */
    public CacheWires {
        known = Map.copyOf(known);
    }

    /** How those of this cache stand there. */
    public WireSettings of(String cache) {
        return known.getOrDefault(cache, others);
    }
}
