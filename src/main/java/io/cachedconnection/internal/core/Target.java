package io.cachedconnection.internal.core;

/** What a write makes old: one key, or all keys of a cache. */
public sealed interface Target permits CacheKey, KeySpace {

    /** The name of the cache. */
    String cache();

    /** Whether {@code key} is meant, too. */
    boolean covers(CacheKey key);
}
