package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.core.EntryFormat;
import io.cachedconnection.internal.core.EntryKey;
import io.cachedconnection.internal.core.EntryMetadata;
import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.UnreadableValueException.Fault;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The envelopes of the values of one type in one cache. Those of another type are not opened. Thread-safe. */
final class Envelope implements EntryFormat {

    private final long fingerprint;
    private final int compressOver;
    private final PayloadProtection protection;
    private final LongSupplier millis;

    /**
     * Envelopes like this.
     *
     * @param fingerprint that of the type
     * @param compressOver longer contents are compressed
     * @param protection around them
     * @param millis a clock, in milliseconds of Unix time
     */
    Envelope(long fingerprint, int compressOver, PayloadProtection protection, LongSupplier millis) {
        this.fingerprint = fingerprint;
        this.compressOver = compressOver;
        this.protection = protection;
        this.millis = millis;
    }

    @Override
    public byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) {
        Header header = Header.of(fingerprint, millis.getAsLong(), metadata);
        byte[] shorter = content.length > compressOver ? Compression.shorterOrNull(content) : null;
        return shorter == null
                ? protection.closed(header, key, content)
                : protection.closed(header.asCompressed(), key, shorter);
    }

    @Override
    public byte[] unwrapped(EntryKey key, byte[] payload, int limit) throws UnreadableValueException {
        PayloadProtection.Opened opened = protection.opened(key, payload, limit);
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
        return protection.life(Header.read(payload));
    }
}
