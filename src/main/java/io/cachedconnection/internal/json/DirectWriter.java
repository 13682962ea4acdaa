package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Writes the JSON of one value, byte for byte like JSON-B. It gives up if the value might not come back equal; JSON-B then
 * writes the value by its own rules. Use it once, on one thread.
 */
public final class DirectWriter {

    /** Thrown for a value that may not come back equal; names its kind. */
    public static final class NotDirect extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotDirect(String kind) {
            super(kind, null, false, false); // a control-flow signal without a stack trace
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

    /** Reserves room for {@code more} bytes. */
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

    /** Writes a text known to be ASCII, without quotes. */
    @SuppressWarnings("deprecation") // the only method that copies ASCII without a temporary array
    public void ascii(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), bytes, count);
        count += text.length();
    }

    void nothing() {
        ascii("null");
    }

    /**
     * Returns the depth of the content of an array or object at {@code depth}. Call it for each element, because it counts
     * them.
     */
    public int inside(int depth) {
        if (++elements > JsonValidator.MAX_ELEMENTS || depth >= JsonValidator.MAX_DEPTH) {
            throw notDirect();
        }
        return depth + 1;
    }

    /** Writes a text as a JSON string. */
    @SuppressWarnings("deprecation") // copies ASCII without a temporary array
    public void string(String text) {
        int length = text.length();
        reserve(length + 2);
        int start = count + 1;
        int end = start + length;
        text.getBytes(
                0, length, bytes,
                start); // copies the low byte of each character, which is the whole character in ASCII
        if (PlainRun.end(bytes, start) < end || !text.equals(new String(bytes, start, length, ISO_8859_1))) {
            Arrays.fill(bytes, start, end, (byte) 0); // cleared, because zeros end a run
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

    /** Writes {@code number}, which is not negative, with leading zeros. */
    public void padded(int number, int width) {
        reserve(width);
        int rest = number;
        for (int i = count + width - 1; i >= count; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        count += width;
    }

    /** Writes {@code digits} hexadecimal digits of {@code number}, from {@code bit} on, with leading zeros. */
    void hex(long number, int bit, int digits) {
        reserve(digits);
        int shift = bit;
        for (int i = 0; i < digits; i++) {
            shift -= 4;
            bytes[count++] = HEX[(int) (number >>> shift) & 15];
        }
    }
}
