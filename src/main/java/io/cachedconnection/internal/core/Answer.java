package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/**
 * What a lookup found.
 *
 * @param value the value; null is an answer, too: there is no such thing
 * @param source where it came from
 * @param current whether the remote store vouches for it: it was there, or it was accepted there under a lease, so no
 *     write came between its load and that moment
 */
public record Answer<V>(@Nullable V value, Source source, boolean current) {

    static <V> Answer<V> near(@Nullable V value) {
        return new Answer<>(value, Source.NEAR, true);
    }

    static <V> Answer<V> stored(@Nullable V value) {
        return new Answer<>(value, Source.REDIS, true);
    }

    static <V> Answer<V> loaded(@Nullable V value) {
        return new Answer<>(value, Source.REPOSITORY, false);
    }

    Answer<V> accepted() {
        return new Answer<>(value, source, true);
    }
}
