package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.near.NearCache;
import io.cachedconnection.internal.engine.near.NearCache.ReadVersion;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.EncodedValue;
import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FailOpenStore;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.store.StoreResult.Status;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes entries of the remote store as values: unwraps and decodes them; encodes and wraps them and sets their TTL.
 * Thread-safe.
 */
public final class Entries {

    private static final Duration DAY = Duration.ofDays(1);

    private final FailOpenStore store;
    private final EngineEvents events;
    private final DoubleSupplier random;

    /** Creates it; {@code random} supplies numbers from 0 to 1. */
    public Entries(FailOpenStore store, EngineEvents events, DoubleSupplier random) {
        this.store = store;
        this.events = events;
        this.random = random;
    }

    /** Finds the value in the store, and puts it into the near cache if there is one. */
    <V> StoreResult<V> find(Lookup<V> lookup) {
        CacheBinding<V> binding = lookup.binding();
        NearCache near = binding.cache().near();
        ReadVersion version = near == null ? null : near.version(lookup.key());
        if (near == null || version == null) {
            StoreResult<byte[]> found = store.find(lookup.key(), lookup.budget());
            byte[] payload = found.value();
            return payload == null ? none(lookup, found) : read(lookup, payload);
        }
        StoreResult<StoredEntry> found = store.findEntry(lookup.key(), lookup.budget());
        StoredEntry entry = found.value();
        if (entry == null) {
            return none(lookup, found);
        }
        try {
            byte[] content = binding.unwrapped(lookup.key(), entry.payload());
            @Nullable V value = binding.decoded(content);
            StoredEntry kept = new StoredEntry(content, binding.life(entry));
            near.put(binding.codec(), lookup.name(), version, kept, value);
            return StoreResult.hit(value);
        } catch (UnreadableValueException e) {
            return removed(lookup, e);
        }
    }

    private static <V> StoreResult<V> none(Lookup<V> lookup, StoreResult<?> found) {
        if (found.isFailure()) {
            lookup.count(Event.FAILURE);
        }
        return StoreResult.none(found.outcome());
    }

    /** Reads the value of an entry; removes unreadable bytes. */
    <V> StoreResult<V> read(Lookup<V> lookup, byte[] payload) {
        CacheBinding<V> binding = lookup.binding();
        try {
            byte[] content = binding.unwrapped(lookup.key(), payload);
            @Nullable V value = binding.decoded(content);
            lookup.has(content); // only now, because an unreadable value is loaded instead
            return StoreResult.hit(value);
        } catch (UnreadableValueException e) {
            return removed(lookup, e);
        }
    }

    private <V> StoreResult<V> removed(Lookup<V> lookup, UnreadableValueException cause) {
        lookup.count(Event.of(cause.fault()));
        events.undecodable(lookup.key(), cause);
        store.remove(lookup.key(), lookup.budget());
        return StoreResult.none(Status.UNDECODABLE);
    }

    /** Whether the store has an entry. */
    Ack contains(Lookup<?> lookup) {
        return lookup.binding().counted(store.contains(lookup.key(), lookup.budget()));
    }

    /**
     * Encodes {@code value} for the store, with the TTL of settings and binding; null if it is not stored, which {@code
     * refusal} is told.
     */
    public <V> @Nullable EncodedValue of(
            CacheBinding<V> binding, EntryKey key, @Nullable V value, Duration cost, Consumer<Event> refusal) {
        Event[] reason = {Event.LOAD_NOT_STORABLE};
        EncodedValue encoded = SafeCalls.orNull(() -> {
            CacheSettings settings = binding.cache().settings().get();
            Duration life = life(
                    settings,
                    value == null ? settings.negativeTtl() : binding.ttl().under(settings));
            if (life.isZero()) {
                return null;
            }
            try {
                byte[] content = binding.encoded(value);
                if (content.length > settings.maxValueBytes()) {
                    reason[0] = Event.LOAD_TOO_LARGE;
                    events.tooLarge(key, content.length, settings.maxValueBytes());
                    return null;
                }
                byte[] payload = binding.wrapped(key, content, new EntryMetadata(life, cost));
                return new EncodedValue(content, new StoredEntry(payload, life));
            } catch (UnreadableValueException e) {
                events.unencodable(key, e);
                return null;
            }
        });
        if (encoded == null) {
            refusal.accept(reason[0]);
        }
        return encoded;
    }

    /** Returns the maximum TTL of an entry that is stored now. */
    Duration longestLife(CacheBinding<?> binding) {
        return SafeCalls.or(DAY, () -> {
            CacheSettings settings = binding.cache().settings().get();
            Duration life = binding.ttl().under(settings);
            return life.compareTo(settings.negativeTtl()) < 0 ? settings.negativeTtl() : life;
        });
    }

    /** Returns the TTL less a random part, in whole milliseconds, so that values stored together do not expire together. */
    private Duration life(CacheSettings settings, Duration ttl) {
        long full = ttl.toMillis();
        if (full <= 0) {
            return Duration.ZERO;
        }
        long cut = (long) (full * settings.jitter() * random.getAsDouble());
        return Duration.ofMillis(
                Math.max(1, full - Math.max(0, Math.min(cut, full)))); // within bounds for any random number
    }

    /** Copies {@code value} by way of its bytes; returns the value itself if it cannot be encoded and is thus never stored. */
    <V> @Nullable V copied(CacheBinding<V> binding, EntryKey key, V value) {
        try {
            return binding.decoded(binding.encoded(value));
        } catch (UnreadableValueException e) {
            events.unencodable(key, e);
            return value;
        }
    }
}
