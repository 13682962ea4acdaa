package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;

/** Text between quotes, and {@code null}; everything else cannot be read. */
public final class TextCodec implements ValueCodec<String> {

    @Override
    public byte[] encode(String value) throws UnreadableValueException {
        if ("unwritable".equals(value)) {
            throw new UnreadableValueException("on demand");
        }
        return (value == null ? "null" : '"' + value + '"').getBytes(UTF_8);
    }

    @Override
    public String decode(byte[] payload) throws UnreadableValueException {
        String text = new String(payload, UTF_8);
        if (text.equals("null")) {
            return null;
        }
        if (!text.matches("(?s)\".*\"")) {
            throw new UnreadableValueException("not quoted");
        }
        return text.substring(1, text.length() - 1);
    }
}
