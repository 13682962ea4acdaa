package io.cachedconnection.internal.method;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the parts of a key so that they stay separate. Characters that collide with the key's punctuation, are invisible or
 * break a line become their UTF-8 bytes, such as {@code %3A} for a colon. Different texts stay different. A percent sign
 * without two hexadecimal digits after it is a mark, which no text contains.
 */
final class PartText {

    private static final String PUNCTUATION = ":%{}";

    /**
     * White space and invisible characters above ASCII. A fixed list, because {@link Character} changes with the Unicode
     * version of the JDK, and nodes on different JDKs must produce the same texts.
     */
    private static final String INVISIBLE = "\u00AD\u1680\u180E\u3000\uFEFF";

    private static final int HIGHEST_ASCII = 0x7F;
    private static final int HIGHEST_OF_TWO_BYTES = 0x7FF;
    private static final String HEXADECIMAL = "0123456789ABCDEF";

    private static final String NULL = "%_";

    private PartText() {}

    /** Returns the text of an element or component, which may be null. */
    static String of(@Nullable Object value, PartFormat format) {
        return value == null ? NULL : format.text(value);
    }

    /**
     * Returns the text of several values. The mark at the end separates inner from outer sequences; the mark after each element
     * separates an empty sequence from one with an empty text.
     */
    static String sequence(List<String> elements) {
        StringBuilder text = new StringBuilder("%(");
        elements.forEach(each -> text.append(each).append("%,"));
        return text.append("%)").toString();
    }

    /** Joins several texts to one word. */
    static String marked(List<String> raw) {
        return String.join("%+", raw.stream().map(PartText::of).toList());
    }

    /** Encodes {@code raw}; returns the same object if it needs no encoding. */
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

    /** Returns the position of the first character from {@code from} on that needs encoding; the length if there is none. */
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
        return character > 0x9F // the end of the second block of control characters
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

    /** Whether it is an unpaired surrogate, which has no UTF-8: a plain conversion would turn all of them into {@code ?}. */
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
