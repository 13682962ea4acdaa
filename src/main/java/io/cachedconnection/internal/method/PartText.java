package io.cachedconnection.internal.method;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The encoding that keeps parts of a key apart: what could be mistaken for the key's own punctuation, is not visible or
 * would break a line stands there as its UTF-8 bytes, {@code %3A} for a colon. No two texts become one. A percent sign that
 * is not followed by two hexadecimal digits is a mark, which no text has.
 */
final class PartText {

    private static final String PUNCTUATION = ":%{}";

    /**
     * White space and invisible characters above ASCII. A list of our own: what {@link Character} says changes with the
     * Unicode version of the JDK, and two nodes on different JDKs must name a value alike.
     */
    private static final String INVISIBLE = "\u00AD\u1680\u180E\u3000\uFEFF";

    private static final int HIGHEST_ASCII = 0x7F;
    private static final int HIGHEST_OF_TWO_BYTES = 0x7FF;
    private static final String HEXADECIMAL = "0123456789ABCDEF";

    private static final String NULL = "%_";

    private PartText() {}

    /** The text of an element or component, which may be null. */
    static String of(@Nullable Object value, PartFormat format) {
        return value == null ? NULL : format.text(value);
    }

    /**
     * The text of several values. The mark at the end tells an inner sequence from an outer one; the mark after each element,
     * an empty sequence from one that holds an empty text.
     */
    static String sequence(List<String> elements) {
        StringBuilder text = new StringBuilder("%(");
        elements.forEach(each -> text.append(each).append("%,"));
        return text.append("%)").toString();
    }

    /** One word of several texts. */
    static String marked(List<String> raw) {
        return String.join("%+", raw.stream().map(PartText::of).toList());
    }

    /** {@code raw}, encoded; the same object if there is nothing to encode. */
    static String of(String raw) {
        int plain = plainLength(raw, 0);
        return plain == raw.length() ? raw : encoded(raw, plain);
    }

    private static String encoded(String raw, int plain) {
        StringBuilder out = new StringBuilder(raw.length() + 16).append(raw, 0, plain);
        int at = plain;
        while (at < raw.length()) {
            append(raw.charAt(at), out);
            int next = plainLength(raw, at + 1);
            out.append(raw, at + 1, next);
            at = next;
        }
        return out.toString();
    }

    /** Where the first character at or after {@code from} is that must be encoded; the length if there is none. */
    private static int plainLength(String raw, int from) {
        int at = from;
        while (at < raw.length()) {
            int character = raw.codePointAt(at);
            if (!isPlain(character)) {
                return at;
            }
            at += Character.charCount(character);
        }
        return at;
    }

    private static boolean isPlain(int character) {
        if (character <= HIGHEST_ASCII) {
            return character > ' ' && character != HIGHEST_ASCII && PUNCTUATION.indexOf(character) < 0;
        }
        return character > 0x9F // the second block of control characters ends here
                && character != 0xA0
                && !isInvisible(character)
                && !isLoneSurrogate(character);
    }

    private static boolean isInvisible(int character) {
        return (character >= 0x2000 && character <= 0x200F)
                || (character >= 0x2028 && character <= 0x202F)
                || (character >= 0x205F && character <= 0x206F)
                || INVISIBLE.indexOf(character) >= 0;
    }

    /** A surrogate without its other half, which has no UTF-8: a plain conversion would make one {@code ?} of all. */
    private static boolean isLoneSurrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private static void append(char character, StringBuilder out) {
        if (character <= HIGHEST_ASCII) {
            appendByte(character, out);
        } else if (character <= HIGHEST_OF_TWO_BYTES) {
            appendByte(0xC0 | (character >> 6), out);
            appendContinuation(character, out);
        } else {
            appendByte(0xE0 | (character >> 12), out);
            appendContinuation(character >> 6, out);
            appendContinuation(character, out);
        }
    }

    private static void appendContinuation(int bits, StringBuilder out) {
        appendByte(0x80 | (bits & 0x3F), out);
    }

    private static void appendByte(int octet, StringBuilder out) {
        out.append('%').append(HEXADECIMAL.charAt(octet >> 4)).append(HEXADECIMAL.charAt(octet & 0xF));
    }
}
