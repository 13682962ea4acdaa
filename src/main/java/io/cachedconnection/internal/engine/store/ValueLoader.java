package io.cachedconnection.internal.engine.store;

import org.jspecify.annotations.Nullable;

/** Loads one value from the source of truth: the repository method. */
@FunctionalInterface
public interface ValueLoader<V> {

    /** Returns the value. Exceptions reach the caller of the lookup unchanged. */
    @Nullable V load() throws Exception;
}
