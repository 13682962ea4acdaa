package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.nio.ByteBuffer;

/**
 * What stands at the beginning of every envelope, in version 2 of the format; {@code docs/wire-format.md} has it byte for
 * byte.
 *
 * @param compressed whether the body is
 * @param encrypted whether the body is, and the header with it vouched for
 * @param tags how many stamps it has room for
 * @param fingerprint of the shape of the value's type
 * @param writtenAt when it was written, in milliseconds of Unix time by the writer's clock
 * @param lifeMillis for how long it was to live from then on
 * @param costMicros how long the value took to load, in microseconds; zero if unknown
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
    private static final byte WITHOUT_STAMPS = 1; // a version
    private static final int COMPRESSED = 1;
    private static final int ENCRYPTED = 2;
    private static final long MOST_48_BITS = (1L << 48) - 1;
    private static final long MOST_32_BITS = (1L << 32) - 1;
    private static final String BEGINNINGS_OF_JSON = " \t\n\r{[\"-0123456789tfn";

    /** The header of a value with this {@code metadata}, written now. */
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

    /** How many bytes it has. */
    int length() {
        return LEAST_BYTES + tags * Stamps.BYTES;
    }

    /** Its bytes, with room for the stamps, which are filled in last; so what vouches for it does not vouch for them. */
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

    /** The header at the beginning of {@code payload}. */
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

    /** Whether {@code payload} begins as every version of the envelope does. */
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
