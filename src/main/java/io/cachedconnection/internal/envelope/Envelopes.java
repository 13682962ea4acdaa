package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.common.FreshBytes;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.FormatSettings.KeyRing;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Selects the format of values and keys in the remote store by the settings of a cache. Thread-safe. */
public final class Envelopes {

    private final LongSupplier millis;
    private final FreshBytes random = new FreshBytes();
    private final Map<KeyRing, PayloadProtection> encrypted =
            new ConcurrentHashMap<>(); // shared by all types, because ciphers are few

    /** Creates envelopes whose dates come from this clock, in milliseconds of Unix time. */
    public Envelopes(LongSupplier millis) {
        this.millis = millis;
    }

    /** Returns the format of values whose type has this {@code fingerprint}. */
    public EntryFormat wrapping(FormatSettings settings, long fingerprint) {
        if (settings.format() == Format.JSON) {
            return RawJsonFormat.JSON;
        }
        KeyRing keys = settings.encryption();
        PayloadProtection protection = keys == null
                ? PayloadProtection.NONE
                : encrypted.computeIfAbsent(keys, ring -> new Encrypted(ring, random, millis));
        return new Envelope(fingerprint, settings.compressOver(), protection, millis);
    }

    /** Returns the naming scheme of keys. */
    public static KeyNames names(FormatSettings settings) {
        return settings.privacy() == null ? KeyNames.clear() : new PrivateNames(settings.privacy());
    }

    /**
     * The envelope for the values of one type in one cache. It does not open envelopes of another type.
     *
     * @param compressOver the size in bytes above which contents are compressed
     * @param millis a clock in milliseconds of Unix time
     */
    private record Envelope(long fingerprint, int compressOver, PayloadProtection protection, LongSupplier millis)
            implements EntryFormat {

        @Override
        public byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) {
            Header header = Header.of(key.tags().size(), fingerprint, millis.getAsLong(), metadata);
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

    /** Plain JSON that other programs also read and write, without an envelope. It recognizes envelopes and rejects them. */
    private enum RawJsonFormat implements EntryFormat {
        JSON;

        @Override
        public byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) {
            return content;
        }

        @Override
        public byte[] unwrapped(EntryKey key, byte[] payload, int limit) throws UnreadableValueException {
            if (Header.isBegunBy(payload)) {
                throw new UnreadableValueException(Fault.OUTDATED, "in an envelope, which this cache does not have");
            }
            return EntryFormat.none().unwrapped(key, payload, limit);
        }
    }
}
