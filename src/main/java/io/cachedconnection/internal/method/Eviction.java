package io.cachedconnection.internal.method;

import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.Target;
import io.cachedconnection.internal.message.CoreMessage;
import org.jspecify.annotations.Nullable;

/**
 * What one annotation of a write evicts.
 *
 * @param space the keys of the cache
 * @param key the key; null means all
 */
record Eviction(KeySpace space, @Nullable KeyText key) {

    /**
     * What a call makes old.
     *
     * @throws IllegalArgumentException if something on the way to the key is null
     */
    Target target(@Nullable Object[] arguments) {
        if (key == null) {
            return space;
        }
        String parts = key.of(arguments);
        if (parts == null) {
            throw new IllegalArgumentException(CoreMessage.NULL_KEY.with(space.cache()));
        }
        return space.key(parts);
    }
}
