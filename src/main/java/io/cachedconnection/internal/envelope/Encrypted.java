package io.cachedconnection.internal.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.common.FreshBytes;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings.KeyRing;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Protects an encrypted cache: seals with the first key and opens with any of them. An opened value was written by the holder
 * of one of the keys, for this key of this cache, and is not older than its TTL.
 */
final class Encrypted implements PayloadProtection {

    /** The largest difference between the clocks of two nodes. */
    static final long CLOCK_TOLERANCE_MILLIS = 60_000;

    private final List<AesGcm> ciphers;
    private final LongSupplier millis;

    /** {@code millis} is a clock in milliseconds of Unix time. */
    Encrypted(KeyRing keys, FreshBytes random, LongSupplier millis) {
        this.ciphers = keys.keys().stream().map(key -> new AesGcm(key, random)).toList();
        this.millis = millis;
    }

    @Override
    public byte[] closed(Header header, EntryKey key, byte[] body) {
        return ciphers.get(0).closed(header.asEncrypted().bytes(), place(key), body);
    }

    @Override
    public Opened opened(EntryKey key, byte[] payload, int limit) throws UnreadableValueException {
        if (payload.length - EntryFormat.MOST_OVERHEAD > limit) {
            throw untrusted("longer than any value may be"); // rejected without decryption
        }
        Header header;
        try {
            header = Header.read(payload);
        } catch (UnreadableValueException e) {
            throw untrusted(e.kind()); // the header is in the clear, so it may be forged
        }
        if (!header.encrypted()) {
            throw untrusted("not encrypted");
        }
        byte[] body = body(header, payload, place(key));
        // An attacker with a copy could restore a value that was evicted or has expired.
        long left = remaining(header);
        if (left < 0) {
            throw untrusted(
                    "its life is over by the clock of this node, for " + seconds(-left) + " s more than a minute");
        }
        long early = header.writtenAt() - CLOCK_TOLERANCE_MILLIS - millis.getAsLong();
        if (early > 0) {
            throw untrusted(
                    "from the future by the clock of this node, by " + seconds(early) + " s more than a minute");
        }
        return new Opened(header, body);
    }

    /** Opens the body. Two keys may have the same id, so the next key is tried if one fails. */
    private byte[] body(Header header, byte[] payload, byte[] place) throws UnreadableValueException {
        UnreadableValueException refusal = untrusted("encrypted with an unknown key");
        for (AesGcm aesGcm : ciphers) {
            if (aesGcm.isOf(payload, header.length())) {
                try {
                    return aesGcm.opened(header.bytes(), payload, place);
                } catch (UnreadableValueException e) {
                    refusal = e;
                }
            }
        }
        throw refusal;
    }

    private static long seconds(long millis) {
        return Math.round(millis / 1000.0);
    }

    @Override
    public Duration life(Header header) {
        return Duration.ofMillis(Math.max(0, remaining(header)));
    }

    private long remaining(Header header) {
        return header.writtenAt() + header.lifeMillis() + CLOCK_TOLERANCE_MILLIS - millis.getAsLong();
    }

    /** Returns the key and its cache as bytes. The name of a cache has no NUL, so the bytes are unambiguous. */
    private static byte[] place(EntryKey key) {
        return (key.cache() + '\0' + key.text()).getBytes(UTF_8);
    }

    private static UnreadableValueException untrusted(String kind) {
        return new UnreadableValueException(Fault.UNTRUSTED, kind);
    }
}
