package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Origin;
import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.UnreadableValueException.Fault;
import io.cachedconnection.internal.core.Wrapping;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The envelopes of the values of one type in one cache. Those of another type are not opened. Thread-safe. */
final class Envelope implements Wrapping {

    private final long fingerprint;
    private final int compressOver;
    private final Cover cover;
    private final LongSupplier millis;

    /**
     * Envelopes like this.
     *
     * @param fingerprint that of the type
     * @param compressOver longer contents are compressed
     * @param cover around them
     * @param millis a clock, in milliseconds of Unix time
     */
    Envelope(long fingerprint, int compressOver, Cover cover, LongSupplier millis) {
        this.fingerprint = fingerprint;
        this.compressOver = compressOver;
        this.cover = cover;
        this.millis = millis;
    }

    @Override
    public byte[] wrapped(CacheKey key, byte[] content, Origin origin) {
        Header header = Header.of(fingerprint, millis.getAsLong(), origin);
        byte[] shorter = content.length > compressOver ? Compression.shorterOrNull(content) : null;
        return shorter == null ? cover.closed(header, key, content) : cover.closed(header.asCompressed(), key, shorter);
    }

    @Override
    public byte[] unwrapped(CacheKey key, byte[] payload, int limit) throws UnreadableValueException {
        Cover.Opened opened = cover.opened(key, payload, limit);
        if (opened.header().fingerprint() != fingerprint) {
            throw new UnreadableValueException(Fault.OUTDATED, "another shape of its type");
        }
        byte[] content = opened.header().compressed() ? Compression.original(opened.body(), limit) : opened.body();
        if (content.length > limit) {
            throw new UnreadableValueException("more bytes than max-value-bytes");
        }
        return content;
    }

    @Override
    public Duration life(byte[] payload) throws UnreadableValueException {
        return cover.life(Header.read(payload));
    }
}
