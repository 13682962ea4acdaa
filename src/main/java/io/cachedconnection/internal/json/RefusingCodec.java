package io.cachedconnection.internal.json;

import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * A codec that neither writes nor reads any value.
 *
 * @param reason why, without any part of a value
 */
record RefusingCodec<V>(String reason) implements ValueCodec<V> {

    @Override
    public byte[] encode(@Nullable V value) throws UnreadableValueException {
        throw new UnreadableValueException(reason);
    }

    @Override
    public @Nullable V decode(byte[] payload) throws UnreadableValueException {
        throw new UnreadableValueException(reason);
    }

    @Override
    public boolean isUsable() {
        return false;
    }
}
