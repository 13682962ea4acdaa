package io.cachedconnection.internal.json;

import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.ValueCodec;
import org.jspecify.annotations.Nullable;

/** The codec of a type whose values this server's provider of JSON-B would read wrong: it neither writes nor reads any. */
final class RefusingCodec implements ValueCodec<Object> {

    @Override
    public byte[] encode(@Nullable Object value) throws UnreadableValueException {
        throw refused();
    }

    @Override
    public @Nullable Object decode(byte[] payload) throws UnreadableValueException {
        throw refused();
    }

    @Override
    public boolean isUsable() {
        return false;
    }

    private static UnreadableValueException refused() {
        return new UnreadableValueException("a type that this server's provider of JSON-B reads wrong");
    }
}
