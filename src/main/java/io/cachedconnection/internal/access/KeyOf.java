package io.cachedconnection.internal.access;

import io.cachedconnection.internal.core.EntryKey;
import org.jspecify.annotations.Nullable;

/** How the keys that a program gives become those of the engine. Thread-safe. */
@FunctionalInterface
public interface KeyOf<K> {

    /** The engine's key; null if {@code key} is null or holds a null. */
    @Nullable EntryKey of(@Nullable K key);
}
