package io.cachedconnection.internal.core;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The evictions that the remote store was not there for, bounded: what does not fit becomes an eviction of its whole
 * cache. Until an eviction is delivered, this node passes the remote store by for the keys it is about. Thread-safe.
 */
final class EvictionJournal {

    private final int size;
    private final Map<Target, Change> pending = new ConcurrentHashMap<>();

    EvictionJournal(int size) {
        this.size = size;
    }

    /** Keeps an eviction until it is delivered. */
    void add(Target target) {
        if (target instanceof CacheKey key && pending.size() >= size) {
            keep(key.space());
            pending.keySet()
                    .removeIf(other ->
                            other instanceof CacheKey one && key.space().covers(one));
        } else {
            keep(target);
        }
    }

    private void keep(Target target) {
        // Always a new one: an eviction that is being delivered in this moment may come too early for this write.
        pending.put(target, new Change(target, "journal"));
    }

    boolean concerns(CacheKey key) {
        return !pending.isEmpty() && (pending.containsKey(key) || pending.containsKey(key.space()));
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Delivers what is pending, until the first failure. */
    void deliver(Delivery delivery) {
        for (Change eviction : List.copyOf(pending.values())) {
            if (delivery.of(eviction) != Reply.YES) {
                return;
            }
            pending.remove(eviction.target(), eviction);
        }
    }

    /** Sends one eviction. */
    @FunctionalInterface
    interface Delivery {
        Reply of(Change eviction);
    }
}
