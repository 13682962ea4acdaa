package io.cachedconnection.internal.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers lookups, and reads and writes entries by hand; the same for annotations and programs. Thread-safe. No call
 * throws because of the remote store, and none waits for it longer than the budget.
 */
public final class Engine {

    private final Entries entries;
    private final Layer first;
    private final long budgetNanos;

    /** An engine on these ports; {@code budget} is how long one lookup may wait for the remote store, all in all. */
    public Engine(Ports ports, Duration budget) {
        StoreWatch watch = new StoreWatch(ports.events(), ports.nanoTime());
        GuardedStore store = new GuardedStore(ports.store(), watch, ports.nanoTime());
        this.entries = new Entries(store, ports.events(), ports.random());
        this.first = LayerStack.of(entries);
        this.budgetNanos = budget.toNanos();
    }

    /** The value of {@code key}, from the cache or else from {@code loader}, whose exceptions pass as they are. */
    public <V> Answer<V> read(Plan<V> plan, CacheKey key, Loader<V> loader) throws Exception {
        return first.read(new Read<>(plan, key, loader, budget()));
    }

    /** The entry under {@code key}, if the remote store has it. */
    public <V> Finding<V> find(Plan<V> plan, CacheKey key) {
        return entries.find(plan, key, budget());
    }

    /** Puts {@code value} under {@code key}; NO if such a value is not stored. */
    public <V> Reply put(Plan<V> plan, CacheKey key, @Nullable V value) {
        return entries.put(plan, key, value, budget());
    }

    /** Removes the entry under {@code key}; NO if there was none. */
    public Reply remove(Plan<?> plan, CacheKey key) {
        return entries.remove(plan, key, budget());
    }

    /** Whether there is an entry under {@code key}. */
    public Reply contains(Plan<?> plan, CacheKey key) {
        return entries.contains(plan, key, budget());
    }

    private Budget budget() {
        return new Budget(budgetNanos);
    }
}
