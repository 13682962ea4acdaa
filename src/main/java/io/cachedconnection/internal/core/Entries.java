package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;
import io.cachedconnection.internal.core.StoreResult.Status;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the remote store as values: unwrapped and decoded when found; encoded, wrapped and given a life to be
 * stored. Thread-safe.
 */
final class Entries {

    private final FailOpenStore store;
    private final EngineEvents events;
    private final Lifetime lifetime;
    private final LongSupplier nanoTime;

    Entries(FailOpenStore store, EngineEvents events, DoubleSupplier random, LongSupplier nanoTime) {
        this.store = store;
        this.events = events;
        this.lifetime = new Lifetime(random);
        this.nanoTime = nanoTime;
    }

    /** The value that the store has; from now on it is kept near, too, where that is wanted. */
    <V> StoreResult<V> find(CacheBinding<V> binding, LookupKey lookupKey, Budget budget) {
        NearCache near = binding.cache().near();
        ReadVersion version = near == null ? null : near.ticket(lookupKey.key());
        return near == null || version == null
                ? found(binding, lookupKey.key(), budget)
                : kept(
                        binding,
                        lookupKey,
                        budget,
                        (found, value) -> near.put(binding, lookupKey.name(), version, found, value));
    }

    private <V> StoreResult<V> found(CacheBinding<V> binding, EntryKey key, Budget budget) {
        StoreResult<byte[]> found = store.find(key, budget);
        if (found.value() == null) {
            return none(binding, found);
        }
        try {
            return StoreResult.hit(binding.decoded(binding.unwrapped(key, found.value())));
        } catch (UnreadableValueException e) {
            return removed(binding, key, e, budget);
        }
    }

    private <V> StoreResult<V> kept(CacheBinding<V> binding, LookupKey lookupKey, Budget budget, Keeper<V> keeper) {
        StoreResult<StoredEntry> found = store.findEntry(lookupKey.key(), budget);
        StoredEntry storedEntry = found.value();
        if (storedEntry == null) {
            return none(binding, found);
        }
        try {
            byte[] content = binding.unwrapped(lookupKey.key(), storedEntry.payload());
            @Nullable V value = binding.decoded(content);
            keeper.keep(new StoredEntry(content, binding.life(storedEntry)), value);
            return StoreResult.hit(value);
        } catch (UnreadableValueException e) {
            return removed(binding, lookupKey.key(), e, budget);
        }
    }

    /** Keeps what was found near. */
    private interface Keeper<V> {
        void keep(StoredEntry found, @Nullable V value);
    }

    private static <V> StoreResult<V> none(CacheBinding<V> binding, StoreResult<?> found) {
        if (found.outcome() == Status.UNREACHABLE) {
            binding.cache().counters().count(Event.FAILURE);
        }
        return StoreResult.none(found.outcome());
    }

    /** The value of an entry that came with the reply to {@code lookup}'s request for a lease; one that is none is removed. */
    <V> StoreResult<V> read(Lookup<V> lookup, byte[] payload) {
        CacheBinding<V> binding = lookup.plan();
        try {
            byte[] content = binding.unwrapped(lookup.key(), payload);
            @Nullable V value = binding.decoded(content);
            lookup.has(content); // not before, for what cannot be read is loaded instead
            return StoreResult.hit(value);
        } catch (UnreadableValueException e) {
            return removed(binding, lookup.key(), e, lookup.budget());
        }
    }

    private <V> StoreResult<V> removed(
            CacheBinding<V> binding, EntryKey key, UnreadableValueException cause, Budget budget) {
        binding.cache().counters().count(Event.of(cause.fault()));
        events.undecodable(key, cause);
        store.remove(key, budget);
        return StoreResult.none(Status.UNDECODABLE);
    }

    /** A moment, for {@link #since}. */
    long now() {
        return nanoTime.getAsLong();
    }

    /** How long {@code moment} is ago. */
    Duration since(long moment) {
        return Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - moment));
    }

    /** What to store for {@code value}, with the life that settings and plan give it; null if it is not to be stored. */
    <V> @Nullable EncodedValue of(CacheBinding<V> binding, EntryKey key, @Nullable V value, Duration cost) {
        return SafeCalls.orNull(() -> made(binding, key, value, cost));
    }

    private <V> @Nullable EncodedValue made(CacheBinding<V> binding, EntryKey key, @Nullable V value, Duration cost) {
        CacheSettings settings = binding.cache().settings().get();
        Duration life = Duration.ofMillis(lifetime.millis(settings, binding.ttl(), value));
        byte[] content = life.isZero() ? null : encoded(binding, key, value, settings.maxValueBytes());
        return content == null ? null : wrapped(binding, key, content, new EntryMetadata(life, cost));
    }

    /** A copy of {@code value} by way of its bytes; the value itself if it cannot be copied, for then it is never stored. */
    <V> @Nullable V copied(CacheBinding<V> binding, EntryKey key, V value) {
        try {
            return binding.decoded(binding.encoded(value));
        } catch (UnreadableValueException e) {
            events.unencodable(key, e);
            return value;
        }
    }

    private <V> byte @Nullable [] encoded(CacheBinding<V> binding, EntryKey key, @Nullable V value, int limit) {
        try {
            byte[] content = binding.encoded(value);
            if (content.length <= limit) {
                return content;
            }
            events.tooLarge(key, content.length, limit);
        } catch (UnreadableValueException e) {
            events.unencodable(key, e);
        }
        return null;
    }

    private @Nullable EncodedValue wrapped(
            CacheBinding<?> binding, EntryKey key, byte[] content, EntryMetadata metadata) {
        try {
            return new EncodedValue(content, new StoredEntry(binding.wrapped(key, content, metadata), metadata.life()));
        } catch (UnreadableValueException e) {
            events.unencodable(key, e);
            return null;
        }
    }
}
