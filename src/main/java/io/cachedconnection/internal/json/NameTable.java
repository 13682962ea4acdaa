package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The names that the JSON of one type has had, so that the next reading need not make them anew. Of bounded size: where
 * two names have one place, the later one takes it. Thread-safe.
 */
final class NameTable {

    private static final int PLACE_BITS = 7;
    private static final int PLACES = 1 << PLACE_BITS;
    private static final int MAX_BYTES = 64;
    private static final long MIX =
            0x9E3779B97F4A7C15L; // odd, its bits as if by chance: 2 to the 64th by the golden ratio
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

    /** What stands in {@code text}, which is UTF-8, from {@code start} to before {@code end}. */
    String name(byte[] text, int start, int end) {
        int length = end - start;
        if (length > MAX_BYTES) {
            return new String(text, start, length, UTF_8);
        }
        // Eight bytes at a time: most names are told from all others by these two numbers and their length.
        long head = length < Long.BYTES ? few(text, start, length) : (long) LONGS.get(text, start);
        long tail = length < Long.BYTES ? 0 : (long) LONGS.get(text, end - Long.BYTES);
        int place = (int) (((((head * MIX) ^ tail) + length) * MIX) >>> (Long.SIZE - PLACE_BITS));
        Known known = places.getAcquire(place);
        if (known != null && known.head == head && known.tail == tail && known.isAt(text, start, end)) {
            return known.name;
        }
        Known learnt = new Known(head, tail, Arrays.copyOfRange(text, start, end));
        places.setRelease(place, learnt);
        return learnt.name;
    }

    private static long few(byte[] text, int start, int length) {
        if (start + Long.BYTES <= text.length) {
            return (long) LONGS.get(text, start) & ((1L << (length * Byte.SIZE)) - 1);
        }
        long bytes = 0;
        for (int i = length - 1; i >= 0; i--) {
            bytes = (bytes << Byte.SIZE) | (text[start + i] & 0xff);
        }
        return bytes;
    }

    /** A name, and how it is written. */
    private static final class Known {

        private final long head;
        private final long tail;
        private final byte[] bytes;
        private final String name;

        Known(long head, long tail, byte[] bytes) {
            this.head = head;
            this.tail = tail;
            this.bytes = bytes;
            this.name = new String(bytes, UTF_8);
        }

        /** Whether it stands there, where head and tail do. */
        boolean isAt(byte[] text, int start, int end) {
            return bytes.length == end - start
                    && (bytes.length <= 2 * Long.BYTES || Arrays.equals(bytes, 0, bytes.length, text, start, end));
        }
    }
}
