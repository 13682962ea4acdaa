package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.config.ParsedConfig.EvictAll;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Codec;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.envelope.Envelopes;
import io.cachedconnection.internal.message.MethodMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The formats of values and keys of each cache in Redis, decided when a cache is first used. Thread-safe. */
final class CacheFormats {

    private static final String OF_NO_CACHE = ""; // the general settings

    private final String keyPrefix;
    private final boolean sweeps;
    private final Function<String, FormatSettings> reader;
    private final Envelopes envelopes = new Envelopes(System::currentTimeMillis);
    private final Map<String, FormatSettings> settings = new ConcurrentHashMap<>();

    CacheFormats(String keyPrefix, Function<String, FormatSettings> reader, EvictAll evictAll) {
        this.keyPrefix = keyPrefix;
        this.sweeps = evictAll == EvictAll.SWEEP;
        this.reader = reader;
    }

    /** Returns the key space of a cache, or of tags by their reserved name. Entries of bare JSON have no stamps. */
    KeySpace space(String cache) {
        if (cache.equals(KeySpace.OF_TAGS)) {
            return tags();
        }
        KeySpace space = KeySpace.of(cache, keyPrefix, Envelopes.names(settings(cache)));
        return areStamped(cache) ? space.stamped(tags(), sweeps) : space;
    }

    /** Whether the entries of a cache carry stamps. */
    boolean areStamped(String cache) {
        return settings(cache).format() == Format.ENVELOPE;
    }

    /** Returns the key space of the application's tags. */
    KeySpace tags() {
        return KeySpace.ofTags(keyPrefix, Envelopes.names(settings(OF_NO_CACHE)));
    }

    /** Returns why entries of {@code cache} cannot have the tags of {@code user}; null if they can. */
    @Nullable String problemOfTags(String user, String cache) {
        if (!areStamped(cache)) {
            return MethodMessage.NO_ROOM_FOR_TAGS.with(user, cache, cache);
        }
        boolean wouldTell = havePrivateKeys(cache) && !havePrivateKeys(OF_NO_CACHE);
        return wouldTell ? MethodMessage.TAGS_IN_CLEAR.with(user, cache) : null;
    }

    /** Returns the format of the cache's values, whose type and codec have this fingerprint. */
    EntryFormat wrapping(String cache, long fingerprint) {
        return envelopes.wrapping(settings(cache), fingerprint);
    }

    /** Whether its values are stored without an envelope. */
    boolean areBare(String cache) {
        return settings(cache).format() == Format.JSON;
    }

    /** Whether its values may use the direct codec, if their type has one. */
    boolean mayBeDirect(String cache) {
        return settings(cache).codec() == Codec.DIRECT;
    }

    /** Whether the values of a cache are encrypted. */
    boolean areEncrypted(String cache) {
        return settings(cache).encryption() != null;
    }

    /** Whether the keys of a cache are hidden. */
    boolean havePrivateKeys(String cache) {
        return settings(cache).privacy() != null;
    }

    // A failed decision is not kept, so the next caller reads the settings again.
    private FormatSettings settings(String cache) {
        return settings.computeIfAbsent(cache, reader);
    }
}
