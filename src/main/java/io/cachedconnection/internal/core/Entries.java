package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;
import io.cachedconnection.internal.core.Finding.Outcome;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The entries of the remote store as values: decoded when found, encoded and given a life to be stored. Thread-safe. */
final class Entries {

    private final GuardedStore store;
    private final EngineEvents events;
    private final Lifetime lifetime;

    Entries(GuardedStore store, EngineEvents events, DoubleSupplier random) {
        this.store = store;
        this.events = events;
        this.lifetime = new Lifetime(random);
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
        return found.value() == null ? none(plan, found) : decoded(plan, key, found.value(), budget);
    }

    private <V> Finding<V> kept(Plan<V> plan, Question question, Budget budget, BiConsumer<Entry, @Nullable V> keeper) {
        Finding<Entry> found = store.findEntry(question.key(), budget);
        Entry entry = found.value();
        if (entry == null) {
            return none(plan, found);
        }
        Finding<V> finding = decoded(plan, question.key(), entry.payload(), budget);
        if (finding.isHit()) {
            keeper.accept(entry, finding.value());
        }
        return finding;
    }

    private static <V> Finding<V> none(Plan<V> plan, Finding<?> found) {
        if (found.outcome() == Outcome.UNREACHABLE) {
            plan.cache().counters().count(Event.FAILURE);
        }
        return Finding.none(found.outcome());
    }

    /** The value of bytes that were found; those that are none are removed. */
    <V> Finding<V> decoded(Plan<V> plan, CacheKey key, byte[] payload, Budget budget) {
        try {
            return Finding.hit(plan.decoded(payload));
        } catch (UnreadableValueException e) {
            plan.cache().counters().count(Event.UNDECODABLE);
            events.undecodable(key, e);
            store.remove(key, budget);
            return Finding.none(Outcome.UNDECODABLE);
        }
    }

    /** What to store for {@code value}, with the life that settings and plan give it; null if it is not to be stored. */
    <V> @Nullable Entry of(Plan<V> plan, CacheKey key, @Nullable V value) {
        return Doubt.orNull(() -> made(plan, key, value));
    }

    private <V> @Nullable Entry made(Plan<V> plan, CacheKey key, @Nullable V value) {
        CacheSettings settings = plan.cache().settings().get();
        long millis = lifetime.millis(settings, plan.ttl(), value);
        byte[] payload = millis <= 0 ? null : encoded(plan, key, value, settings.maxValueBytes());
        return payload == null ? null : new Entry(payload, Duration.ofMillis(millis));
    }

    private <V> byte @Nullable [] encoded(Plan<V> plan, CacheKey key, @Nullable V value, int limit) {
        try {
            byte[] payload = plan.encoded(value);
            if (payload.length <= limit) {
                return payload;
            }
            events.tooLarge(key, payload.length, limit);
        } catch (UnreadableValueException e) {
            events.unencodable(key, e);
        }
        return null;
    }
}
