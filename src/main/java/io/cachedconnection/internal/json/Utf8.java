package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * UTF-8 without its replacement characters: what is not valid has no other form. Converts first, which the JDK does at
 * the speed of memory, and looks for damage afterwards; a strict decoder or encoder takes several times as long.
 */
public final class Utf8 {

    static final String HALF = "half a surrogate pair"; // a kind of failure

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** The text of these bytes; null if they are not valid UTF-8. */
    public static @Nullable String textOrNull(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        // Damage always leaves a replacement character, but so does a text that holds one.
        boolean damaged = text.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(bytes, text.getBytes(UTF_8));
        return damaged ? null : text;
    }

    /** The bytes of this text; null if it has a surrogate without its other half, which no UTF-8 can say. */
    public static byte @Nullable [] bytesOrNull(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new String(bytes, UTF_8).equals(text) ? bytes : null;
    }

    static String text(byte[] bytes) throws UnreadableValueException {
        String text = textOrNull(bytes);
        if (text == null) {
            throw new UnreadableValueException("bytes that are not UTF-8");
        }
        return text;
    }

    static byte[] bytes(String text) throws UnreadableValueException {
        byte[] bytes = bytesOrNull(text);
        if (bytes == null) {
            throw new UnreadableValueException(HALF);
        }
        return bytes;
    }
}
