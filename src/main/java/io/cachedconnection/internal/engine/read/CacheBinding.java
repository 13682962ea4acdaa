package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.near.NearCache;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LookupKey;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all lookups of one method have in common. A codec or a wrapping that throws what it does not announce has not read or
 * written the value.
 *
 * @param cache the cache that holds the values
 * @param codec reads and writes them
 * @param wrapping how they stand in the store
 * @param ttl how long they are kept
 */
public record CacheBinding<V>(Cache cache, ValueCodec<V> codec, EntryFormat wrapping, TtlChoice ttl) {

    /** The bytes of {@code value}. */
    public byte[] encoded(@Nullable V value) throws UnreadableValueException {
        try {
            return Objects.requireNonNull(codec.encode(value));
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** The value of {@code content}. */
    @Nullable V decoded(byte[] content) throws UnreadableValueException {
        try {
            return codec.decode(content);
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** What is to stand in the store for {@code content}. */
    byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) throws UnreadableValueException {
        try {
            return Objects.requireNonNull(wrapping.wrapped(key, content, metadata));
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** The content of {@code payload}; no more than such a value may take. */
    byte[] unwrapped(EntryKey key, byte[] payload) throws UnreadableValueException {
        try {
            return Objects.requireNonNull(wrapping.unwrapped(key, payload, cache.maxValueBytes()));
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** For how long what was just unwrapped from the entry {@code found} may be kept near. */
    Duration life(StoredEntry found) throws UnreadableValueException {
        try {
            Duration own = wrapping.life(found.payload());
            return own.compareTo(found.life()) < 0 ? own : found.life();
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** The value of {@code lookupKey} that is kept near; null if there is none, or none that can be vouched for. */
    @Nullable LookupResult<V> near(LookupKey lookupKey) {
        NearCache near = cache.near();
        LookupResult<V> result = near == null ? null : near.find(codec, lookupKey.name());
        if (result != null) {
            count(Event.NEAR_HIT);
        }
        return result;
    }

    void count(Event event) {
        cache.counters().count(event);
    }

    /** Counts {@code ack} if it is a failure. */
    public Ack counted(Ack ack) {
        if (ack == Ack.UNREACHABLE) {
            count(Event.FAILURE);
        }
        return ack;
    }

    /** Whether lookups are answered by the cache at all. */
    public boolean isOn() {
        return codec.isUsable() && cache.isEnabled();
    }

    /** Whether values are loaded and not stored for now, because many in a row were refused. */
    public boolean isResting() {
        return codec.isResting();
    }

    /** This binding with another TTL. */
    public CacheBinding<V> with(TtlChoice other) {
        return new CacheBinding<>(cache, codec, wrapping, other);
    }

    /** Which TTL a value gets under given settings. */
    @FunctionalInterface
    public interface TtlChoice {

        /** The TTL; more than zero. */
        Duration under(CacheSettings settings);

        /** What the settings of the cache say, else what the annotation says, if anything, else the general setting. */
        static TtlChoice annotated(@Nullable Duration annotation) {
            return settings -> settings.ttl(annotation);
        }

        /** The caller's TTL, not the configured one. */
        static TtlChoice exactly(Duration ttl) {
            return settings -> ttl;
        }
    }
}
