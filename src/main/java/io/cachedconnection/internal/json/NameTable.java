package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The names that the JSON of one type has had, so that the next reading need not make them anew. Of bounded size: where
 * two names have one place, the later one takes it. Thread-safe.
 */
final class NameTable {

    private static final int PLACES = 128; // a power of two
    private static final int MAX_BYTES = 64;

    private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

    /** What stands in {@code text}, which is UTF-8, from {@code start} to before {@code end}. */
    String name(byte[] text, int start, int end) {
        if (end - start > MAX_BYTES) {
            return new String(text, start, end - start, UTF_8);
        }
        int place = place(text, start, end);
        Known known = places.getAcquire(place);
        if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, text, start, end)) {
            return known.name;
        }
        return learnt(place, Arrays.copyOfRange(text, start, end));
    }

    private static int place(byte[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        return (hash ^ (hash >>> 16)) & (PLACES - 1);
    }

    private String learnt(int place, byte[] bytes) {
        Known known = new Known(bytes, new String(bytes, UTF_8));
        places.setRelease(place, known);
        return known.name;
    }

    /** A name, and how it is written. */
    private static final class Known {

        private final byte[] bytes;
        private final String name;

        Known(byte[] bytes, String name) {
            this.bytes = bytes;
            this.name = name;
        }
    }
}
