package io.cachedconnection.internal.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.KeyRing;
import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.UnreadableValueException.Fault;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The cover of a cache that is encrypted: the first key closes, any of them opens. What it opens was written by somebody
 * with one of the keys, for this key of this cache, and not longer ago than it was to live.
 */
final class Encrypted implements Cover {

    /** By how much the clocks of two nodes may differ. */
    static final long CLOCK_TOLERANCE_MILLIS = 60_000;

    private final List<Seal> seals;
    private final LongSupplier millis;

    /** A cover with these {@code keys}, by a clock in milliseconds of Unix time. */
    Encrypted(KeyRing keys, SecureRandom random, LongSupplier millis) {
        this.seals = keys.keys().stream().map(key -> new Seal(key, random)).toList();
        this.millis = millis;
    }

    @Override
    public byte[] closed(Header header, CacheKey key, byte[] body) {
        return seals.get(0).closed(header.asEncrypted().bytes(), place(key), body);
    }

    @Override
    public Opened opened(CacheKey key, byte[] payload) throws UnreadableValueException {
        Header header = header(payload);
        byte[] body = seal(payload).opened(payload, Header.BYTES, place(key));
        checkAge(header);
        return new Opened(header, body);
    }

    private static Header header(byte[] payload) throws UnreadableValueException {
        Header header;
        try {
            header = Header.read(payload);
        } catch (UnreadableValueException e) {
            throw untrusted(e.kind()); // whatever it is, nobody vouches for it
        }
        if (!header.encrypted()) {
            throw untrusted("not encrypted");
        }
        return header;
    }

    private Seal seal(byte[] payload) throws UnreadableValueException {
        for (Seal seal : seals) {
            if (seal.isOf(payload, Header.BYTES)) {
                return seal;
            }
        }
        throw untrusted("encrypted with an unknown key");
    }

    /** What was evicted or has expired could be put back by somebody who has kept a copy. */
    private void checkAge(Header header) throws UnreadableValueException {
        long age = millis.getAsLong() - header.writtenAt();
        if (age < -CLOCK_TOLERANCE_MILLIS || age > header.lifeMillis() + CLOCK_TOLERANCE_MILLIS) {
            throw untrusted("older than it may get, or from the future, by the clock of this node");
        }
    }

    /** A value is for one key of one cache. The name of a cache has no NUL in it, so no two places read alike. */
    private static byte[] place(CacheKey key) {
        return (key.cache() + '\0' + key.text()).getBytes(UTF_8);
    }

    private static UnreadableValueException untrusted(String kind) {
        return new UnreadableValueException(Fault.UNTRUSTED, kind);
    }
}
