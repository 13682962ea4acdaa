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

/** How the values and keys of each cache stand in Redis, decided when the cache is first asked about. Thread-safe. */
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

    /** The keys of a cache, or those of tags by the name that these have. Bare JSON has no room for stamps. */
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

    /** The tags of the application. */
    KeySpace tags() {
        return KeySpace.ofTags(keyPrefix, Envelopes.names(settings(OF_NO_CACHE)));
    }

    /** Why entries of {@code cache} cannot have the tags that {@code user} gives them; null if they can. */
    @Nullable String problemOfTags(String user, String cache) {
        if (!areStamped(cache)) {
            return MethodMessage.NO_ROOM_FOR_TAGS.with(user, cache, cache);
        }
        boolean wouldTell = havePrivateKeys(cache) && !havePrivateKeys(OF_NO_CACHE);
        return wouldTell ? MethodMessage.TAGS_IN_CLEAR.with(user, cache) : null;
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
