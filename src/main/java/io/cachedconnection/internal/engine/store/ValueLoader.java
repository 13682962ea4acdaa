package io.cachedconnection.internal.engine.store;

import org.jspecify.annotations.Nullable;

/** Loads one value from where the truth is: the repository method. */
@FunctionalInterface
public interface ValueLoader<V> {

    /** The value; what this throws reaches the caller of the lookup as it is. */
    @Nullable V load() throws Exception;
}
