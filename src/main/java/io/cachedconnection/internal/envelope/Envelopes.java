package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.core.EntryFormat;
import io.cachedconnection.internal.core.FormatSettings;
import io.cachedconnection.internal.core.FormatSettings.Format;
import io.cachedconnection.internal.core.FreshBytes;
import io.cachedconnection.internal.core.KeyNames;
import io.cachedconnection.internal.core.KeyRing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** How values and keys stand in the remote store, as the settings of a cache say. Thread-safe. */
public final class Envelopes {

    private final LongSupplier millis;
    private final FreshBytes random = new FreshBytes();
    private final Map<KeyRing, PayloadProtection> encrypted =
            new ConcurrentHashMap<>(); // one for all types: it has ciphers for each thread

    /** Envelopes dated by this clock, in milliseconds of Unix time. */
    public Envelopes(LongSupplier millis) {
        this.millis = millis;
    }

    /** The wrapping of values whose type has this {@code fingerprint}. */
    public EntryFormat wrapping(FormatSettings settings, long fingerprint) {
        return settings.format() == Format.JSON
                ? RawJsonFormat.JSON
                : new Envelope(fingerprint, settings.compressOver(), cover(settings), millis);
    }

    private PayloadProtection cover(FormatSettings settings) {
        KeyRing keys = settings.encryption();
        return keys == null
                ? Unprotected.COVER
                : encrypted.computeIfAbsent(keys, ring -> new Encrypted(ring, random, millis));
    }

    /** The names of keys. */
    public static KeyNames names(FormatSettings settings) {
        return settings.privacy() == null ? KeyNames.clear() : new PrivateNames(settings.privacy());
    }
}
