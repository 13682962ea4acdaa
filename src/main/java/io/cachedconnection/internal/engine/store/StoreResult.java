package io.cachedconnection.internal.engine.store;

import org.jspecify.annotations.Nullable;

/**
 * The result of reading an entry.
 *
 * @param outcome what happened
 * @param value the value of a hit, which may be null; always null for other outcomes
 */
public record StoreResult<V>(Status outcome, @Nullable V value) {

    /** The outcome of reading an entry. */
    public enum Status {
        /** The entry was present. */
        HIT,
        /** There was no entry. */
        MISS,
        /** The entry could not be decoded and was removed. */
        UNDECODABLE,
        /** The store could not be asked. */
        UNREACHABLE,
        /** The store was not asked: an eviction of the key, of its cache or of one of its tags waits to be delivered. */
        PENDING_EVICTION
    }

    public static <V> StoreResult<V> hit(@Nullable V value) {
        return new StoreResult<>(Status.HIT, value);
    }

    public static <V> StoreResult<V> none(Status outcome) {
        return new StoreResult<>(outcome, null);
    }

    /** Whether the store was not asked, or did not answer. */
    public boolean isFailure() {
        return outcome == Status.UNREACHABLE || outcome == Status.PENDING_EVICTION;
    }

    /** Whether there was an entry. */
    public boolean isHit() {
        return outcome == Status.HIT;
    }
}
