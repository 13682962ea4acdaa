package io.cachedconnection.internal.engine.near;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map in the memory of this node. It chooses which entries to drop when it is full, and may hold dead entries.
 * Thread-safe; no call waits for another.
 *
 * @param <E> the type of its entries
 */
public interface NearStore<E> {

    /** Returns the entry under {@code name}; null if there is none. */
    @Nullable E find(Object name);

    /** Puts {@code entry} under {@code name}, and replaces an earlier one. */
    void put(Object name, E entry);

    /** Sets the maximum number of entries; takes effect soon. */
    void limit(long entries);

    /** Returns the approximate number of entries, including dead ones. */
    long size();

    /** Removes the entries for which {@code doomed} holds. */
    void removeIf(Predicate<E> doomed);

    /** Creates maps. */
    @FunctionalInterface
    interface Maker {

        /** Creates a map with this maximum number of entries. */
        <E> NearStore<E> holding(long entries);
    }
}
