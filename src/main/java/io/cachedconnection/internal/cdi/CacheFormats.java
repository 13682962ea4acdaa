package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Codec;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.envelope.Envelopes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** How the values and keys of each cache stand in Redis, decided when the cache is first asked about. Thread-safe. */
final class CacheFormats {

    private final String keyPrefix;
    private final Function<String, FormatSettings> reader;
    private final Envelopes envelopes = new Envelopes(System::currentTimeMillis);
    private final Map<String, FormatSettings> settings = new ConcurrentHashMap<>();

    CacheFormats(String keyPrefix, Function<String, FormatSettings> reader) {
        this.keyPrefix = keyPrefix;
        this.reader = reader;
    }

    /** The keys of a cache. */
    KeySpace space(String cache) {
        return KeySpace.of(cache, keyPrefix, Envelopes.names(settings(cache)));
    }

    /** The wrapping of its values, whose type and codec have this fingerprint. */
    EntryFormat wrapping(String cache, long fingerprint) {
        return envelopes.wrapping(settings(cache), fingerprint);
    }

    /** Whether nothing stands around its values. */
    boolean areBare(String cache) {
        return settings(cache).format() == Format.JSON;
    }

    /** Whether its values have the direct codec, if their type has one. */
    boolean mayBeDirect(String cache) {
        return settings(cache).codec() == Codec.DIRECT;
    }

    /** Whether the values of a cache are encrypted. */
    boolean areEncrypted(String cache) {
        return settings(cache).encryption() != null;
    }

    /** Whether the keys of a cache tell nothing. */
    boolean havePrivateKeys(String cache) {
        return settings(cache).privacy() != null;
    }

    // Where it cannot be decided nothing is kept, so the next one who asks has it read again.
    private FormatSettings settings(String cache) {
        return settings.computeIfAbsent(cache, reader);
    }
}
