package io.cachedconnection.internal.engine.store;

/** What a write makes old: one key, or all keys of a cache. */
public sealed interface Target permits EntryKey, KeySpace {

    /** The name of the cache. */
    String cache();

    /** Whether {@code key} is meant, too. */
    boolean covers(EntryKey key);
}
