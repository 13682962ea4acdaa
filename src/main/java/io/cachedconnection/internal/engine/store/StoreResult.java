package io.cachedconnection.internal.engine.store;

import org.jspecify.annotations.Nullable;

/**
 * What looking for an entry gave.
 *
 * @param outcome what happened
 * @param value the value of a hit; a hit can be null, everything else is
 */
public record StoreResult<V>(Status outcome, @Nullable V value) {

    /** What happened. */
    public enum Status {
        /** The entry was there. */
        HIT,
        /** There was none. */
        MISS,
        /** There was one that could not be read; it was removed. */
        UNDECODABLE,
        /** The store could not be asked. */
        UNREACHABLE
    }

    public static <V> StoreResult<V> hit(@Nullable V value) {
        return new StoreResult<>(Status.HIT, value);
    }

    public static <V> StoreResult<V> none(Status outcome) {
        return new StoreResult<>(outcome, null);
    }

    /** Whether there was an entry. */
    public boolean isHit() {
        return outcome == Status.HIT;
    }
}
