package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/** What a write does, apart from the cache. */
@FunctionalInterface
public interface WriteAction<T> {

    /**
     * Does it.
     *
     * @param invalidations to be told what is only known with the result
     */
    @Nullable T run(Invalidations invalidations) throws Exception;
}
