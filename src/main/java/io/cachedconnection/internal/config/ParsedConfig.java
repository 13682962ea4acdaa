package io.cachedconnection.internal.config;

import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the configuration says when the application starts. With any problem it must not: what is wrong reads as if it
 * were not set.
 *
 * @param redis how to reach Redis
 * @param protocol how the cache is kept true
 * @param keyPrefix the namespace of the application; empty if it has none
 * @param caches the settings of each known cache at this moment
 * @param entities what each cache does with JPA entities from now on, also one that was not known
 * @param formats the format of the values and keys of each cache in Redis from now on; may read the configuration for a cache
 *     that was not known, and then throws an {@link IllegalArgumentException} with all that is wrong
 * @param evictAll how an eviction of all of a cache is done, where its entries carry stamps
 * @param problems all that is wrong, one line each, with its id; empty if all is well
 * @param warnings what may be meant but should be known, one line each, with its id
 */
public record ParsedConfig(
        RedisSettings redis,
        ProtocolSettings protocol,
        String keyPrefix,
        Map<String, CacheSettings> caches,
        Function<String, EntityPolicy> entities,
        Function<String, FormatSettings> formats,
        EvictAll evictAll,
        List<String> problems,
        List<String> warnings) {

    /** How an eviction of all of a cache is done. */
    public enum EvictAll {
        /** By another stamp of the cache: two round trips, however much there is in Redis. */
        STAMP,
        /** By removing each entry: for as long as nodes share the cache that know nothing of stamps. */
        SWEEP
    }
}
