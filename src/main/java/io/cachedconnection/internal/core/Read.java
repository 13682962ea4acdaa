package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/**
 * One lookup.
 *
 * @param plan what it has in common with the method's other lookups
 * @param key what is looked up
 * @param loader runs the repository method
 * @param reader who asks
 */
record Read<V>(Plan<V> plan, CacheKey key, Loader<V> loader, Reader reader) {

    Read<V> by(Reader other) {
        return new Read<>(plan, key, loader, other);
    }

    /** The same, with something around its loader. */
    Read<V> loading(Around around) {
        return new Read<>(plan, key, () -> around.load(loader), reader);
    }

    /** Something around a load. */
    interface Around {
        <T> @Nullable T load(Loader<T> loader) throws Exception;
    }

    Budget budget() {
        return reader.budget();
    }
}
