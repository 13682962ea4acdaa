package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.nio.ByteBuffer;

/**
 * The header of every envelope in version 2 of the format; {@code docs/reference/wire-format.md} specifies each byte.
 *
 * @param compressed true if the body is compressed
 * @param encrypted true if the body is encrypted and the header authenticated
 * @param tags the number of stamps that it has room for
 * @param fingerprint the fingerprint of the value's type
 * @param writtenAt the time of writing, in milliseconds of Unix time by the writer's clock
 * @param lifeMillis the TTL from that time, in milliseconds
 * @param costMicros the duration of the load, in microseconds; 0 if unknown
 */
record Header(
        boolean compressed,
        boolean encrypted,
        int tags,
        long fingerprint,
        long writtenAt,
        long lifeMillis,
        long costMicros) {

    private static final int LEAST_BYTES = 28; // without stamps
    private static final byte WITHOUT_STAMPS = 1; // the version without stamps
    private static final int COMPRESSED = 1;
    private static final int ENCRYPTED = 2;
    private static final long MOST_48_BITS = (1L << 48) - 1;
    private static final long MOST_32_BITS = (1L << 32) - 1;
    private static final String BEGINNINGS_OF_JSON = " \t\n\r{[\"-0123456789tfn";

    /** Creates the header of a value with this {@code metadata}, written now. */
    static Header of(int tags, long fingerprint, long now, EntryMetadata metadata) {
        return new Header(
                false,
                false,
                tags,
                fingerprint,
                within(now, MOST_48_BITS),
                within(metadata.life().toMillis(), MOST_48_BITS),
                within(metadata.cost().toNanos() / 1000, MOST_32_BITS));
    }

    Header asCompressed() {
        return new Header(true, encrypted, tags, fingerprint, writtenAt, lifeMillis, costMicros);
    }

    Header asEncrypted() {
        return new Header(compressed, true, tags, fingerprint, writtenAt, lifeMillis, costMicros);
    }

    /** Returns the length in bytes. */
    int length() {
        return LEAST_BYTES + tags * Stamps.BYTES;
    }

    /** Encodes the header with room for the stamps. They are filled in last, so the authentication does not cover them. */
    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(length());
        bytes.put(Stamps.MAGIC)
                .put(Stamps.VERSION)
                .put((byte) ((compressed ? COMPRESSED : 0) | (encrypted ? ENCRYPTED : 0)))
                .put((byte) tags)
                .position(Stamps.PLACE + 1 + tags * Stamps.BYTES);
        bytes.putLong(fingerprint);
        put48(bytes, writtenAt);
        put48(bytes, lifeMillis);
        return bytes.putInt((int) costMicros).array();
    }

    /** Reads the header at the beginning of {@code payload}. */
    static Header read(byte[] payload) throws UnreadableValueException {
        if (payload.length == 0) {
            throw new UnreadableValueException("no bytes");
        }
        if (!isBegunBy(payload)) {
            boolean json = BEGINNINGS_OF_JSON.indexOf(payload[0]) >= 0;
            throw new UnreadableValueException(json ? Fault.OUTDATED : Fault.DAMAGED, "no envelope");
        }
        if (payload.length > 1 && payload[1] != Stamps.VERSION) {
            throw new UnreadableValueException(
                    Fault.OUTDATED,
                    payload[1] == WITHOUT_STAMPS
                            ? UnreadableValueException.WITHOUT_STAMPS
                            : "another version of the envelope");
        }
        int tags = payload.length < LEAST_BYTES ? 0 : payload[Stamps.PLACE];
        if (tags < 0 || tags > Stamps.MOST) {
            throw new UnreadableValueException("an envelope with too many stamps");
        }
        if (payload.length < LEAST_BYTES + tags * Stamps.BYTES) {
            throw new UnreadableValueException("an envelope that is cut off");
        }
        int flags = payload[2];
        ByteBuffer rest = ByteBuffer.wrap(payload);
        rest.position(Stamps.PLACE + 1 + tags * Stamps.BYTES);
        if ((flags & ~(COMPRESSED | ENCRYPTED)) != 0) {
            throw new UnreadableValueException("an envelope with unknown flags");
        }
        return new Header(
                (flags & COMPRESSED) != 0,
                (flags & ENCRYPTED) != 0,
                tags,
                rest.getLong(),
                get48(rest),
                get48(rest),
                Integer.toUnsignedLong(rest.getInt()));
    }

    /** Tells whether {@code payload} begins like an envelope of any version. */
    static boolean isBegunBy(byte[] payload) {
        return payload.length > 0 && payload[0] == Stamps.MAGIC;
    }

    private static long within(long number, long most) {
        return Math.max(0, Math.min(number, most));
    }

    private static void put48(ByteBuffer to, long number) {
        to.putShort((short) (number >>> 32)).putInt((int) number);
    }

    private static long get48(ByteBuffer from) {
        return Short.toUnsignedLong(from.getShort()) << 32 | Integer.toUnsignedLong(from.getInt());
    }
}
