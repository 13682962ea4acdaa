package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Converts UTF-8 and rejects invalid text instead of replacing characters. It converts first, at the full speed of the JDK, and
 * then looks for damage; a strict decoder or encoder takes several times as long.
 */
public final class Utf8 {

    static final String HALF = "half a surrogate pair"; // a kind of failure

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** Decodes these bytes; null if they are not valid UTF-8. */
    public static @Nullable String textOrNull(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        // Invalid bytes always leave a replacement character, but a valid text may contain one.
        boolean damaged = text.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(bytes, text.getBytes(UTF_8));
        return damaged ? null : text;
    }

    /** Encodes this text; null if it contains half a surrogate pair, which UTF-8 cannot encode. */
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
