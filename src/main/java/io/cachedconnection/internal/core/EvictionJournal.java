package io.cachedconnection.internal.core;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * The evictions that the remote store was not there for, bounded: what does not fit becomes an eviction of its whole
 * cache. Until an eviction is delivered, this node passes the remote store by for the keys it is about. Thread-safe.
 */
final class EvictionJournal {

    private final int size;
    private final Map<Target, Change> pending = new ConcurrentHashMap<>();
    private final Queue<Target> order = new ConcurrentLinkedQueue<>(); // has at least what is pending

    EvictionJournal(int size) {
        this.size = size;
    }

    /** Keeps the eviction of a write until it is delivered. */
    synchronized void add(Change change) {
        if (change.target() instanceof CacheKey key && pending.size() >= size) {
            keep(change.asEvictionOf(key.space()));
            pending.keySet()
                    .removeIf(other ->
                            other instanceof CacheKey one && key.space().covers(one));
            order.removeIf(target -> !pending.containsKey(target));
        } else {
            keep(change.asEvictionOf(change.target()));
        }
    }

    private void keep(Change eviction) {
        // Always this one: an earlier one that is being delivered in this moment may come too early for this write.
        Change before = pending.get(eviction.target());
        pending.put(eviction.target(), before == null ? eviction : eviction.inPlaceOf(before));
        if (before == null) {
            order.add(eviction.target());
        }
    }

    boolean concerns(CacheKey key) {
        return !pending.isEmpty() && (pending.containsKey(key) || pending.containsKey(key.space()));
    }

    /** How many are not delivered. */
    int pending() {
        return pending.size();
    }

    /**
     * Delivers what is pending and {@code isWorthwhile}, until the first failure; what is not delivered comes last the next
     * time, in case it is to blame. What another thread is delivering is delivered here, too: that one may be interrupted,
     * and twice does no harm.
     */
    void deliver(Predicate<Target> isWorthwhile, Delivery delivery) {
        boolean goOn = true;
        for (int left = order.size(); left > 0 && goOn; left--) {
            Target target = order.peek();
            goOn = target == null || !isWorthwhile.test(target) || isDelivered(target, delivery);
            if (target != null && order.remove(target) && pending.containsKey(target)) {
                order.add(target);
            }
        }
    }

    private boolean isDelivered(Target target, Delivery delivery) {
        Change eviction = pending.get(target);
        if (eviction == null) {
            return true;
        }
        boolean delivered = delivery.of(eviction) != Reply.UNREACHABLE;
        if (delivered) {
            pending.remove(target, eviction);
        }
        return delivered;
    }

    /** Sends one eviction. */
    @FunctionalInterface
    interface Delivery {
        Reply of(Change eviction);
    }
}
