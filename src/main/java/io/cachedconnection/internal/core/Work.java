package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/** What a write does, apart from the cache. */
@FunctionalInterface
public interface Work<T> {

    /**
     * Does it.
     *
     * @param changes to be told what is only known with the result
     */
    @Nullable T run(Changes changes) throws Exception;
}
