package io.cachedconnection.internal.engine.store;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stamps of the tags of one entry: eight random bytes for each, which live under a key of their own and go when the tag is
 * evicted. An entry carries its tags' stamps as they were before its value was loaded, and is served only while they are
 * equal to those in the store. No clock is compared; a stamp that is lost makes misses. {@code docs/consistency.md} has the
 * argument, {@code docs/wire-format.md} the bytes. Immutable.
 */
public final class Stamps {

    /** The length of one stamp. */
    public static final int BYTES = 8;

    /** The most tags of an entry, that of its cache included. */
    public static final int MOST = 9;

    /** Where their number stands in an entry. They follow it. */
    public static final int PLACE = 3;

    /** How an entry begins that has them. */
    public static final byte MAGIC = (byte) 0xCC;

    /** The version of such an entry, after the magic byte. */
    public static final byte VERSION = 2;

    /** Those of an entry without tags. */
    public static final Stamps NONE = new Stamps(new byte[0]);

    private final byte[] bytes;

    private Stamps(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Those in {@code joined}, one after the other; handed over. */
    public static Stamps of(byte[] joined) {
        return new Stamps(joined);
    }

    /** Those in {@code found}; null if one is missing, or is no stamp. */
    public static @Nullable Stamps of(List<?> found) {
        byte[] joined = new byte[found.size() * BYTES];
        for (int i = 0; i < found.size(); i++) {
            if (!(found.get(i) instanceof byte[] stamp) || stamp.length != BYTES) {
                return null;
            }
            System.arraycopy(stamp, 0, joined, i * BYTES, BYTES);
        }
        return new Stamps(joined);
    }

    /** Those that {@code payload} carries; none if it is no entry that has any. */
    public static Stamps carriedBy(byte[] payload) {
        int length = areIn(payload) ? payload[PLACE] * BYTES : 0;
        return length <= 0 || payload.length < PLACE + 1 + length
                ? NONE
                : new Stamps(Arrays.copyOfRange(payload, PLACE + 1, PLACE + 1 + length));
    }

    private static boolean areIn(byte[] payload) {
        return payload.length > PLACE && payload[0] == MAGIC && payload[1] == VERSION;
    }

    /**
     * Whether {@code payload} is outdated because it carries other stamps than {@code current}, of which null says that one is
     * missing. What is no such entry is for its format to judge.
     */
    public static boolean outdate(byte[] payload, @Nullable Stamps current) {
        if (!areIn(payload)) {
            return false;
        }
        return current == null
                || payload[PLACE] != current.bytes.length / BYTES
                || !Arrays.equals(
                        payload,
                        PLACE + 1,
                        Math.min(payload.length, PLACE + 1 + current.bytes.length),
                        current.bytes,
                        0,
                        current.bytes.length);
    }

    /** Writes them into {@code payload}, which has room for just these; anything that has none stays as it is. */
    public byte[] in(byte[] payload) {
        if (areIn(payload) && payload[PLACE] == bytes.length / BYTES) {
            System.arraycopy(bytes, 0, payload, PLACE + 1, bytes.length);
        }
        return payload;
    }

    /** All of them, one after the other; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }
}
