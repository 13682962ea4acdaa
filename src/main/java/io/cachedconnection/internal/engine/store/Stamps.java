package io.cachedconnection.internal.engine.store;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stamps of the tags of one entry: eight random bytes for each tag, stored under a key of its own and removed when the tag
 * is evicted. An entry carries the stamps that its tags had before its value was loaded, and is served only while they equal
 * those in the store. No clocks are compared, and a lost stamp only causes misses. {@code docs/explanation/consistency.md} has
 * the proof, {@code docs/reference/wire-format.md} the bytes. Immutable.
 */
public final class Stamps {

    /** The length of one stamp. */
    public static final int BYTES = 8;

    /** The maximum number of tags of an entry, including the tag of its cache. */
    public static final int MOST = 9;

    /** The position of the number of stamps in an entry. The stamps follow it. */
    public static final int PLACE = 3;

    /** The first byte of an entry with stamps. */
    public static final byte MAGIC = (byte) 0xCC;

    /** The version of an entry with stamps, after the magic byte. */
    public static final byte VERSION = 2;

    /** The stamps of an entry without tags. */
    public static final Stamps NONE = new Stamps(new byte[0]);

    private final byte[] bytes;

    private Stamps(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the stamps in {@code joined}, one after the other. The caller does not change the array afterwards. */
    public static Stamps of(byte[] joined) {
        return new Stamps(joined);
    }

    /** Returns the stamps in {@code found}; null if one is missing or malformed. */
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

    /** Returns the stamps that {@code payload} carries; none if it is no entry with stamps. */
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
     * Whether {@code payload} is outdated because its stamps differ from {@code current}; null means that a current stamp is
     * missing. False for bytes that are no entry with stamps: their format decides.
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

    /** Writes the stamps into {@code payload}, which has room for exactly these. Leaves bytes without room unchanged. */
    public byte[] in(byte[] payload) {
        if (areIn(payload) && payload[PLACE] == bytes.length / BYTES) {
            System.arraycopy(bytes, 0, payload, PLACE + 1, bytes.length);
        }
        return payload;
    }

    /** Returns all stamps, one after the other. Do not change the array. */
    public byte[] bytes() {
        return bytes;
    }
}
