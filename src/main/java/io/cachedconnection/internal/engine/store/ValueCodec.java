package io.cachedconnection.internal.engine.store;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes the values of one type. Thread-safe. */
public interface ValueCodec<V> {

    /** Encodes {@code value}; null is a value like any other. */
    byte[] encode(@Nullable V value) throws UnreadableValueException;

    /**
     * Decodes a value. Each call returns an object of its own.
     *
     * @throws UnreadableValueException if the bytes are not a value of this type
     */
    @Nullable V decode(byte[] payload) throws UnreadableValueException;

    /**
     * Whether both arrays encode the same value, as far as can be told, even if its encoding has no fixed order, like that of a
     * set. By default the {@code equals} of the decoded values decides, or of the elements of arrays. Values whose {@code equals}
     * does not compare content differ only if they have a fixed encoding.
     *
     * @throws UnreadableValueException if one of them is not a value of this type
     */
    default boolean areSame(byte[] one, byte[] other) throws UnreadableValueException {
        if (Arrays.equals(one, other)) {
            return true;
        }
        @Nullable V value = decode(one);
        @Nullable V otherValue = decode(other);
        if (Objects.deepEquals(value, otherValue)) {
            return true;
        }
        boolean isCertain = value == null
                || otherValue == null
                || Objects.deepEquals(value, decode(one))
                || Arrays.equals(one, encode(value));
        return !isCertain;
    }

    /** Whether it supports its type; if not, lookups bypass the cache. */
    default boolean isUsable() {
        return true;
    }

    /** Whether its values are JPA entities; decoded ones are detached copies. */
    default boolean isOfEntities() {
        return false;
    }

    /** Whether it has refused so many values in a row that it pauses encoding. Decoding goes on. */
    default boolean isResting() {
        return false;
    }

    /** Whether all callers may share one value, because it is deeply immutable. */
    default boolean isShareable() {
        return false;
    }
}
