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
 * The properties that all lookups of one method share. If a codec or format throws an undeclared exception, the value counts as
 * unreadable or unwritable.
 *
 * @param cache the cache that holds the values
 * @param codec encodes and decodes the values
 * @param wrapping the format of the values in the store
 * @param ttl the TTL of the values
 */
public record CacheBinding<V>(Cache cache, ValueCodec<V> codec, EntryFormat wrapping, TtlChoice ttl) {

    /** Encodes {@code value}. */
    public byte[] encoded(@Nullable V value) throws UnreadableValueException {
        try {
            return Objects.requireNonNull(codec.encode(value));
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** Decodes {@code content}. */
    @Nullable V decoded(byte[] content) throws UnreadableValueException {
        try {
            return codec.decode(content);
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** Wraps {@code content} for the store. */
    byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) throws UnreadableValueException {
        try {
            return Objects.requireNonNull(wrapping.wrapped(key, content, metadata));
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** Unwraps {@code payload}, up to the maximum size of a value. */
    byte[] unwrapped(EntryKey key, byte[] payload) throws UnreadableValueException {
        try {
            return Objects.requireNonNull(wrapping.unwrapped(key, payload, cache.maxValueBytes()));
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** Returns for how long the value just unwrapped from {@code found} may be kept near. */
    Duration life(StoredEntry found) throws UnreadableValueException {
        try {
            Duration own = wrapping.life(found.payload());
            return own.compareTo(found.life()) < 0 ? own : found.life();
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** Returns the near value of {@code lookupKey}; null if there is none that can be vouched for. */
    @Nullable LookupResult<V> near(LookupKey lookupKey) {
        NearCache near = cache.near();
        return near == null ? null : near.find(codec, lookupKey.name());
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

    /** Whether the cache answers lookups. */
    public boolean isOn() {
        return codec.isUsable() && cache.isEnabled();
    }

    /** Whether values are temporarily loaded without being stored, because many in a row were refused. */
    public boolean isResting() {
        return codec.isResting();
    }

    /** Returns this binding with another TTL. */
    public CacheBinding<V> with(TtlChoice other) {
        return new CacheBinding<>(cache, codec, wrapping, other);
    }

    /** Chooses the TTL of a value for given settings. */
    @FunctionalInterface
    public interface TtlChoice {

        /** Returns the TTL; more than zero. */
        Duration under(CacheSettings settings);

        /** Chooses the setting of the cache, or else the annotation, or else the general setting. */
        static TtlChoice annotated(@Nullable Duration annotation) {
            return settings -> settings.ttl(annotation);
        }

        /** Chooses exactly {@code ttl}. */
        static TtlChoice exactly(Duration ttl) {
            return settings -> ttl;
        }
    }
}
