package io.cachedconnection.internal.engine.store;

import org.jspecify.annotations.Nullable;

/** Turns the values of one type into bytes and back. Thread-safe. */
public interface ValueCodec<V> {

    /** The bytes of {@code value}; null is a value like any other. */
    byte[] encode(@Nullable V value) throws UnreadableValueException;

    /**
     * A value of its own for each call.
     *
     * @throws UnreadableValueException if the bytes are not a value of this type
     */
    @Nullable V decode(byte[] payload) throws UnreadableValueException;

    /** Whether it can write and read values of its type at all; if not, the cache is passed by. */
    default boolean isUsable() {
        return true;
    }

    /** Whether its values are JPA entities, which persistence may manage; what it reads is a detached copy. */
    default boolean isOfEntities() {
        return false;
    }

    /** Whether it has refused so many values in a row that no more are tried for now; what is stored is read all the same. */
    default boolean isResting() {
        return false;
    }

    /** Whether one value may be handed to all callers: neither it nor anything that can be reached from it ever changes. */
    default boolean isShareable() {
        return false;
    }
}
