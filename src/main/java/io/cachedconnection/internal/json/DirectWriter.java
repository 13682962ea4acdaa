package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The JSON of one value while it is written, byte for byte as JSON-B writes it. What would not be read back as the same makes it
 * give up: then JSON-B writes the value, and its rules decide. For one thread, once.
 */
public final class DirectWriter {

    /** Says that a value is not one that is read back as the same for sure, and of which kind it is. */
    public static final class NotDirect extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotDirect(String kind) {
            super(kind, null, false, false); // it only shows the way
        }
    }

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] bytes;
    private int count;
    private int elements;

    public DirectWriter(int likelySize) {
        bytes = new byte[likelySize];
    }

    public static NotDirect notDirect() {
        return new NotDirect("what the wire format does not have");
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, count);
    }

    /** Makes room for {@code more} bytes. */
    private void reserve(int more) {
        if (bytes.length - count < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, count + more));
        }
    }

    public void ascii(char c) {
        reserve(1);
        bytes[count++] = (byte) c;
    }

    public void raw(byte[] token) {
        reserve(token.length);
        System.arraycopy(token, 0, bytes, count, token.length);
        count += token.length;
    }

    /** A text that is ASCII for sure, without quotes. */
    @SuppressWarnings("deprecation") // no other copies ASCII without an array in between
    public void ascii(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), bytes, count);
        count += text.length();
    }

    void nothing() {
        ascii("null");
    }

    /** The depth of what an array or object at {@code depth} holds; to be asked for each, as all that is counted. */
    public int inside(int depth) {
        if (++elements > JsonValidator.MAX_ELEMENTS || depth >= JsonValidator.MAX_DEPTH) {
            throw notDirect();
        }
        return depth + 1;
    }

    /** The text as a string of JSON. */
    @SuppressWarnings("deprecation") // as above
    public void string(String text) {
        int length = text.length();
        reserve(length + 2);
        int start = count + 1;
        int end = start + length;
        text.getBytes(0, length, bytes, start); // of each character the low byte, which is all of it in ASCII
        if (PlainRun.end(bytes, start) < end || !text.equals(new String(bytes, start, length, ISO_8859_1))) {
            Arrays.fill(bytes, start, end, (byte) 0); // what is not written yet ends a run
            oddString(text, text.getBytes(UTF_8));
            return;
        }
        bytes[count] = '"';
        bytes[end] = '"';
        count = end + 1;
    }

    private static boolean has(byte[] text, char wanted) {
        for (byte c : text) {
            if (c == wanted) {
                return true;
            }
        }
        return false;
    }

    private void oddString(String text, byte[] utf8) {
        // Half a surrogate pair has become a question mark.
        if (has(utf8, '?') && !new String(utf8, UTF_8).equals(text)) {
            throw new NotDirect(Utf8.HALF);
        }
        ascii('"');
        for (int from = 0; from < utf8.length; ) {
            int end = from;
            while (end < utf8.length
                    && (utf8[end] < 0 || (utf8[end] >= ' ' && utf8[end] != '"' && utf8[end] != '\\'))) {
                end++;
            }
            reserve(end - from + 6);
            System.arraycopy(utf8, from, bytes, count, end - from);
            count += end - from;
            if (end < utf8.length) {
                escaped(utf8[end]);
            }
            from = end + 1;
        }
        ascii('"');
    }

    private void escaped(byte c) {
        bytes[count++] = '\\';
        int letter = "\"\\\b\f\n\r\t".indexOf(c);
        if (letter >= 0) {
            bytes[count++] = (byte) "\"\\bfnrt".charAt(letter);
            return;
        }
        bytes[count++] = 'u';
        bytes[count++] = '0';
        bytes[count++] = '0';
        bytes[count++] = HEX[c >> 4];
        bytes[count++] = HEX[c & 15];
    }

    void number(long number) {
        if (number == Long.MIN_VALUE) {
            ascii(Long.toString(number));
            return;
        }
        reserve(20);
        long rest = Math.abs(number);
        if (number < 0) {
            bytes[count++] = '-';
        }
        int length = 1;
        for (long limit = 10; rest >= limit && length < 19; limit *= 10) {
            length++;
        }
        for (int i = count + length - 1; i >= count; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        count += length;
    }

    /** {@code number}, not negative, with zeros before it. */
    public void padded(int number, int width) {
        reserve(width);
        int rest = number;
        for (int i = count + width - 1; i >= count; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        count += width;
    }

    /** {@code number}, not negative, with all zeros of 64 bits, in hexadecimal: {@code digits} of them from {@code bit} on. */
    void hex(long number, int bit, int digits) {
        reserve(digits);
        int shift = bit;
        for (int i = 0; i < digits; i++) {
            shift -= 4;
            bytes[count++] = HEX[(int) (number >>> shift) & 15];
        }
    }
}
