package io.cachedconnection.internal.core;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The codec of a method's values, which reads only what the method can return: no null where that is a primitive.
 *
 * @param method how messages name the method
 * @param codec reads and writes
 * @param accepts what can be taken
 */
public record CheckedCodec<V>(String method, ValueCodec<V> codec, Predicate<@Nullable Object> accepts)
        implements ValueCodec<V> {

    @Override
    public byte[] encode(@Nullable V value) throws UnreadableValueException {
        try {
            return codec.encode(value);
        } catch (UnreadableValueException e) {
            throw new UnreadableValueException(e.fault(), method + ": " + e.kind());
        }
    }

    @Override
    public @Nullable V decode(byte[] payload) throws UnreadableValueException {
        @Nullable V value = codec.decode(payload);
        if (!accepts.test(value)) {
            throw new UnreadableValueException("not what the method returns");
        }
        return value;
    }

    @Override
    public boolean isUsable() {
        return codec.isUsable();
    }

    @Override
    public boolean isOfEntities() {
        return codec.isOfEntities();
    }

    @Override
    public boolean isResting() {
        return codec.isResting();
    }

    @Override
    public boolean isShareable() {
        return codec.isShareable();
    }
}
