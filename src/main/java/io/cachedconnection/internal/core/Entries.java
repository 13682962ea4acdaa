package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;
import io.cachedconnection.internal.core.Finding.Outcome;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The entries of the remote store as values: decoded when found, encoded and given a life when put. Thread-safe. */
final class Entries {

    private final GuardedStore store;
    private final EngineEvents events;
    private final Lifetime lifetime;

    Entries(GuardedStore store, EngineEvents events, DoubleSupplier random) {
        this.store = store;
        this.events = events;
        this.lifetime = new Lifetime(random);
    }

    <V> Finding<V> find(Plan<V> plan, CacheKey key, Budget budget) {
        Finding<byte[]> found = store.find(key, budget);
        if (found.value() != null) {
            return decoded(plan, key, found.value(), budget);
        }
        if (found.outcome() == Outcome.UNREACHABLE) {
            plan.cache().counters().count(Event.FAILURE);
        }
        return Finding.none(found.outcome());
    }

    private <V> Finding<V> decoded(Plan<V> plan, CacheKey key, byte[] payload, Budget budget) {
        try {
            return Finding.hit(plan.codec().decode(payload));
        } catch (UnreadableValueException e) {
            plan.cache().counters().count(Event.UNDECODABLE);
            events.undecodable(key, e);
            store.remove(key, budget);
            return Finding.none(Outcome.UNDECODABLE);
        }
    }

    /** Stores {@code value} for the life that settings and plan give it; NO if it is not to be stored or cannot be. */
    <V> Reply put(Plan<V> plan, CacheKey key, @Nullable V value, Budget budget) {
        CacheSettings settings = plan.cache().settings().get();
        long millis = lifetime.millis(settings, plan.ttl(), value);
        if (millis <= 0 || budget.left() <= 0) {
            return Reply.NO;
        }
        byte[] payload = encoded(plan, key, value, settings.maxValueBytes());
        if (payload == null) {
            return Reply.NO;
        }
        Reply reply = counted(plan, store.put(key, payload, Duration.ofMillis(millis), budget));
        if (reply == Reply.YES) {
            plan.cache().counters().count(Event.STORE);
        }
        return reply;
    }

    private <V> byte @Nullable [] encoded(Plan<V> plan, CacheKey key, @Nullable V value, int limit) {
        try {
            byte[] payload = plan.codec().encode(value);
            if (payload.length <= limit) {
                return payload;
            }
            events.tooLarge(key, payload.length, limit);
        } catch (UnreadableValueException e) {
            events.unencodable(key, e);
        }
        return null;
    }

    Reply remove(Plan<?> plan, CacheKey key, Budget budget) {
        return counted(plan, store.remove(key, budget));
    }

    Reply contains(Plan<?> plan, CacheKey key, Budget budget) {
        return counted(plan, store.contains(key, budget));
    }

    private static Reply counted(Plan<?> plan, Reply reply) {
        if (reply == Reply.UNREACHABLE) {
            plan.cache().counters().count(Event.FAILURE);
        }
        return reply;
    }
}
