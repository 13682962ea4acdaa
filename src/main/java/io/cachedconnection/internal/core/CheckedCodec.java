package io.cachedconnection.internal.core;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A codec that reads only what its user can take: no null where a method returns a primitive.
 *
 * @param codec reads and writes
 * @param accepts what can be taken
 */
public record CheckedCodec<V>(ValueCodec<V> codec, Predicate<@Nullable Object> accepts) implements ValueCodec<V> {

    @Override
    public byte[] encode(@Nullable V value) throws UnreadableValueException {
        return codec.encode(value);
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
    public boolean isShareable() {
        return codec.isShareable();
    }
}
