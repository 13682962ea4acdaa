package io.cachedconnection.internal.engine.store;

import org.jspecify.annotations.Nullable;

/**
 * The result of a lookup.
 *
 * @param value the value; null means that there is no value
 * @param source where the value came from
 * @param current whether the remote store vouches for the value: it was stored there, or accepted there under a lease, so no
 *     write overlapped its load
 */
public record LookupResult<V>(@Nullable V value, Source source, boolean current) {

    /** The origin of a value. */
    public enum Source {
        /** The near cache of this node. */
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
