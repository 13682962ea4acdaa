package io.cachedconnection.internal.engine.store;

import org.jspecify.annotations.Nullable;

/**
 * What a lookup found.
 *
 * @param value the value; null is an answer, too: there is no such thing
 * @param source where it came from
 * @param current whether the remote store vouches for it: it was there, or it was accepted there under a lease, so no
 *     write came between its load and that moment
 */
public record LookupResult<V>(@Nullable V value, Source source, boolean current) {

    /** Where a value came from. */
    public enum Source {
        /** The memory of this node. */
        NEAR,
        /** The remote store. */
        REDIS,
        /** The repository method. */
        REPOSITORY
    }

    public static <V> LookupResult<V> near(@Nullable V value) {
        return new LookupResult<>(value, Source.NEAR, true);
    }

    public static <V> LookupResult<V> stored(@Nullable V value) {
        return new LookupResult<>(value, Source.REDIS, true);
    }

    public static <V> LookupResult<V> loaded(@Nullable V value) {
        return new LookupResult<>(value, Source.REPOSITORY, false);
    }

    public LookupResult<V> accepted() {
        return new LookupResult<>(value, source, true);
    }
}
