package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all lookups of one method have in common.
 *
 * @param cache the cache that holds the answers
 * @param codec reads and writes them
 * @param wrapping how they stand in the store
 * @param ttl how long they are kept
 */
public record Plan<V>(Cache cache, ValueCodec<V> codec, Wrapping wrapping, TtlChoice ttl) {

    /** The bytes of {@code value}; a codec that throws what it does not announce has not written it, either. */
    byte[] encoded(@Nullable V value) throws UnreadableValueException {
        try {
            return Objects.requireNonNull(codec.encode(value));
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** The value of {@code content}, likewise. */
    @Nullable V decoded(byte[] content) throws UnreadableValueException {
        try {
            return codec.decode(content);
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** What is to stand in the store for {@code content}, likewise. */
    byte[] wrapped(CacheKey key, byte[] content, Origin origin) throws UnreadableValueException {
        try {
            return Objects.requireNonNull(wrapping.wrapped(key, content, origin));
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** What {@code payload} was made of, likewise; no more than such a value may take. */
    byte[] unwrapped(CacheKey key, byte[] payload) throws UnreadableValueException {
        try {
            return Objects.requireNonNull(wrapping.unwrapped(key, payload, cache.maxValueBytes()));
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** For how long what was just unwrapped from the entry {@code found} may be kept near; likewise. */
    Duration life(Entry found) throws UnreadableValueException {
        try {
            Duration own = wrapping.life(found.payload());
            return own.compareTo(found.life()) < 0 ? own : found.life();
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(e);
        }
    }

    /** The answer to {@code question} that is kept near; null if there is none, or none that can be vouched for. */
    @Nullable Answer<V> near(Question question) {
        NearCache near = cache.near();
        Answer<V> answer = near == null ? null : near.find(this, question.name());
        if (answer != null) {
            cache.counters().count(Event.NEAR_HIT);
        }
        return answer;
    }

    /** Whether lookups are answered by the cache at all. */
    boolean isOn() {
        return codec.isUsable() && cache.isEnabled();
    }

    /** Whether values are loaded and not stored for now, because many in a row were refused. */
    boolean isResting() {
        return codec.isResting();
    }

    /** The same, but for how long values are kept. */
    public Plan<V> with(TtlChoice other) {
        return new Plan<>(cache, codec, wrapping, other);
    }
}
