package io.cachedconnection.internal.engine.near;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map in the memory of this node. What it drops when it is full is its own choice; what it holds may be dead,
 * which is not its business. Thread-safe; no call waits for another one's.
 *
 * @param <E> the type of its entries
 */
public interface NearStore<E> {

    /** The entry under {@code name}; null if there is none. */
    @Nullable E find(Object name);

    /** Keeps {@code entry} under {@code name}, in place of an earlier one. */
    void put(Object name, E entry);

    /** From now on it holds this many entries at most, soon if not at once. */
    void limit(long entries);

    /** Drops what is {@code doomed}. */
    void removeIf(Predicate<E> doomed);

    /** Makes such maps. */
    @FunctionalInterface
    interface Maker {

        /** One that holds this many entries at most. */
        <E> NearStore<E> holding(long entries);
    }
}
