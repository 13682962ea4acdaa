package io.cachedconnection.internal.engine.store;

/** The key of a lookup, computed lazily: building the text of a key costs more than a near hit. */
public interface LookupKey {

    /**
     * Returns the key in the near cache. Lookups with equal names have the same key and the same tags. The name is immutable,
     * and its {@code toString} reveals no secret.
     */
    Object name();

    /** Returns the key; computed at the first call. */
    EntryKey key();
}
