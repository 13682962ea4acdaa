package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Invalidation;
import io.cachedconnection.internal.engine.store.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * The evictions that could not be delivered to the remote store. It is bounded: an eviction that does not fit becomes an
 * eviction of its whole cache. Until an eviction is delivered, this node bypasses the remote store for its keys. Thread-safe.
 */
public final class EvictionJournal {

    private static final int MOST_AT_A_TIME = 128;

    private final int size;
    private final Map<Target, Invalidation> pending = new ConcurrentHashMap<>();
    private final Queue<Target> order = new ConcurrentLinkedQueue<>(); // contains at least the pending targets

    public EvictionJournal(int size) {
        this.size = size;
    }

    /** Adds the eviction of a write until it is delivered. */
    synchronized void add(Invalidation invalidation) {
        if (invalidation.target() instanceof EntryKey key && pending.size() >= size) {
            keep(invalidation.asEvictionOf(key.space()));
            pending.keySet()
                    .removeIf(other ->
                            other instanceof EntryKey one && key.space().covers(one));
            order.removeIf(target -> !pending.containsKey(target));
        } else {
            keep(invalidation.asEvictionOf(invalidation.target()));
        }
    }

    private void keep(Invalidation eviction) {
        // Always replaces an earlier one, which may be in delivery right now and too early for this write. The step is
        // atomic,
        // because that delivery may end right now and remove the earlier one from both collections.
        boolean[] isNew = {false};
        pending.compute(eviction.target(), (target, before) -> {
            isNew[0] = before == null;
            return before == null ? eviction : eviction.inPlaceOf(before);
        });
        if (isNew[0]) {
            order.add(eviction.target());
        }
    }

    /** Whether an eviction of {@code key}, of one of its tags or of all of its cache is pending. */
    public boolean concerns(EntryKey key) {
        if (pending.isEmpty()) {
            return false;
        }
        boolean isConcerned = pending.containsKey(key) || pending.containsKey(key.space());
        for (EntryKey tag : key.tags()) {
            isConcerned |= pending.containsKey(tag) || pending.containsKey(tag.space());
        }
        return isConcerned;
    }

    /** Returns how many evictions are pending. */
    public int pending() {
        return pending.size();
    }

    /**
     * Delivers pending evictions that are {@code isWorthwhile}, many in a batch, until one fails. Undelivered ones come last
     * the next time, in case one of them causes the failure. Evictions that another thread is delivering are included: that
     * thread may be interrupted, and a second delivery is harmless.
     */
    public void deliver(Predicate<Target> isWorthwhile, Delivery delivery) {
        List<Target> all = List.copyOf(order);
        boolean goOn = true;
        for (int from = 0; from < all.size() && goOn; from += MOST_AT_A_TIME) {
            List<Target> targets = all.subList(from, Math.min(all.size(), from + MOST_AT_A_TIME));
            List<Invalidation> evictions = targets.stream()
                    .filter(isWorthwhile)
                    .map(pending::get)
                    .filter(Objects::nonNull)
                    .toList();
            List<Ack> replies = evictions.isEmpty() ? List.of() : delivery.of(evictions);
            for (int i = 0; i < replies.size(); i++) {
                if (replies.get(i) == Ack.UNREACHABLE) {
                    goOn = false;
                } else {
                    pending.remove(evictions.get(i).target(), evictions.get(i)); // unless it was written again
                }
            }
            for (Target target : targets) {
                if (order.remove(target) && pending.containsKey(target)) {
                    order.add(target);
                }
            }
        }
    }

    /** Sends evictions, of which some may fail. */
    @FunctionalInterface
    public interface Delivery {
        List<Ack> of(List<Invalidation> evictions);
    }
}
