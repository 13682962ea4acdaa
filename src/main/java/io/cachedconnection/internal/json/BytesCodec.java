package io.cachedconnection.internal.json;

import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.ValueCodec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Bytes that are a value by themselves, as text in Base64. */
final class BytesCodec implements ValueCodec<byte[]> {

    private final ValueCodec<String> texts;

    BytesCodec(ValueCodec<String> texts) {
        this.texts = texts;
    }

    @Override
    public byte[] encode(byte @Nullable [] value) throws UnreadableValueException {
        return texts.encode(value == null ? null : Base64.getEncoder().encodeToString(value));
    }

    @Override
    public byte @Nullable [] decode(byte[] payload) throws UnreadableValueException {
        String text = texts.decode(payload);
        try {
            return text == null ? null : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new UnreadableValueException(e);
        }
    }

    @Override
    public boolean isShareable() {
        return false;
    }
}
