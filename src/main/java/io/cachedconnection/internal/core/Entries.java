package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;
import io.cachedconnection.internal.core.Finding.Status;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the remote store as values: unwrapped and decoded when found; encoded, wrapped and given a life to be
 * stored. Thread-safe.
 */
final class Entries {

    private final GuardedStore store;
    private final EngineEvents events;
    private final Lifetime lifetime;
    private final LongSupplier nanoTime;

    Entries(GuardedStore store, EngineEvents events, DoubleSupplier random, LongSupplier nanoTime) {
        this.store = store;
        this.events = events;
        this.lifetime = new Lifetime(random);
        this.nanoTime = nanoTime;
    }

    /** The value that the store has; from now on it is kept near, too, where that is wanted. */
    <V> Finding<V> find(Plan<V> plan, Question question, Budget budget) {
        NearCache near = plan.cache().near();
        Ticket ticket = near == null ? null : near.ticket(question.key());
        return near == null || ticket == null
                ? found(plan, question.key(), budget)
                : kept(plan, question, budget, (found, value) -> near.put(plan, question.name(), ticket, found, value));
    }

    private <V> Finding<V> found(Plan<V> plan, CacheKey key, Budget budget) {
        Finding<byte[]> found = store.find(key, budget);
        if (found.value() == null) {
            return none(plan, found);
        }
        try {
            return Finding.hit(plan.decoded(plan.unwrapped(key, found.value())));
        } catch (UnreadableValueException e) {
            return removed(plan, key, e, budget);
        }
    }

    private <V> Finding<V> kept(Plan<V> plan, Question question, Budget budget, Keeper<V> keeper) {
        Finding<Entry> found = store.findEntry(question.key(), budget);
        Entry entry = found.value();
        if (entry == null) {
            return none(plan, found);
        }
        try {
            byte[] content = plan.unwrapped(question.key(), entry.payload());
            @Nullable V value = plan.decoded(content);
            keeper.keep(new Entry(content, plan.life(entry)), value);
            return Finding.hit(value);
        } catch (UnreadableValueException e) {
            return removed(plan, question.key(), e, budget);
        }
    }

    /** Keeps what was found near. */
    private interface Keeper<V> {
        void keep(Entry found, @Nullable V value);
    }

    private static <V> Finding<V> none(Plan<V> plan, Finding<?> found) {
        if (found.outcome() == Status.UNREACHABLE) {
            plan.cache().counters().count(Event.FAILURE);
        }
        return Finding.none(found.outcome());
    }

    /** The value of an entry that came with the reply to {@code read}'s request for a lease; one that is none is removed. */
    <V> Finding<V> read(Read<V> read, byte[] payload) {
        Plan<V> plan = read.plan();
        try {
            byte[] content = plan.unwrapped(read.key(), payload);
            @Nullable V value = plan.decoded(content);
            read.has(content); // not before, for what cannot be read is loaded instead
            return Finding.hit(value);
        } catch (UnreadableValueException e) {
            return removed(plan, read.key(), e, read.budget());
        }
    }

    private <V> Finding<V> removed(Plan<V> plan, CacheKey key, UnreadableValueException cause, Budget budget) {
        plan.cache().counters().count(Event.of(cause.fault()));
        events.undecodable(key, cause);
        store.remove(key, budget);
        return Finding.none(Status.UNDECODABLE);
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
    <V> @Nullable Parcel of(Plan<V> plan, CacheKey key, @Nullable V value, Duration cost) {
        return Doubt.orNull(() -> made(plan, key, value, cost));
    }

    private <V> @Nullable Parcel made(Plan<V> plan, CacheKey key, @Nullable V value, Duration cost) {
        CacheSettings settings = plan.cache().settings().get();
        Duration life = Duration.ofMillis(lifetime.millis(settings, plan.ttl(), value));
        byte[] content = life.isZero() ? null : encoded(plan, key, value, settings.maxValueBytes());
        return content == null ? null : wrapped(plan, key, content, new Origin(life, cost));
    }

    /** A copy of {@code value} by way of its bytes; the value itself if it cannot be copied, for then it is never stored. */
    <V> @Nullable V copied(Plan<V> plan, CacheKey key, V value) {
        try {
            return plan.decoded(plan.encoded(value));
        } catch (UnreadableValueException e) {
            events.unencodable(key, e);
            return value;
        }
    }

    private <V> byte @Nullable [] encoded(Plan<V> plan, CacheKey key, @Nullable V value, int limit) {
        try {
            byte[] content = plan.encoded(value);
            if (content.length <= limit) {
                return content;
            }
            events.tooLarge(key, content.length, limit);
        } catch (UnreadableValueException e) {
            events.unencodable(key, e);
        }
        return null;
    }

    private @Nullable Parcel wrapped(Plan<?> plan, CacheKey key, byte[] content, Origin origin) {
        try {
            return new Parcel(content, new Entry(plan.wrapped(key, content, origin), origin.life()));
        } catch (UnreadableValueException e) {
            events.unencodable(key, e);
            return null;
        }
    }
}
