package io.cachedconnection.internal.engine.store;

/** The target of an invalidation: one key, or all keys of a cache. */
public sealed interface Target permits EntryKey, KeySpace {

    /** Returns the name of the cache. */
    String cache();

    /** Whether the target includes {@code key}. */
    boolean covers(EntryKey key);
}
