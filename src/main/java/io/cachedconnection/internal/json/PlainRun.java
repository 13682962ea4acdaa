package io.cachedconnection.internal.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the end of a run of characters that represent themselves in a JSON string: printable ASCII without quotes and
 * backslashes. Most text is such a run, so the search checks eight bytes at a time.
 */
final class PlainRun {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    private PlainRun() {}

    /** Returns the end of the run that begins at {@code start}; the length of {@code text} if nothing ends it. */
    static int end(byte[] text, int start) {
        int at = start;
        for (; at <= text.length - Long.BYTES; at += Long.BYTES) {
            long ends = ends((long) LONGS.get(text, at));
            if (ends != 0) {
                return at + Long.numberOfTrailingZeros(ends) / Byte.SIZE;
            }
        }
        while (at < text.length && isPlain(text[at])) {
            at++;
        }
        return at;
    }

    /**
     * Sets the high bit of each of eight bytes that ends a run. Subtraction borrows from higher bytes, so only the lowest set
     * bit, the first in the text, is reliable.
     */
    private static long ends(long bytes) {
        long quotes = bytes ^ QUOTES;
        long backslashes = bytes ^ BACKSLASHES;
        long zeros = ((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes);
        long controls = (bytes - SPACES) & ~bytes;
        return (zeros | controls | bytes) & HIGH_BITS;
    }

    private static boolean isPlain(byte c) {
        return c >= ' ' && c != '"' && c != '\\'; // non-ASCII bytes are negative
    }
}
