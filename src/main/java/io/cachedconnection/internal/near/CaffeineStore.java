package io.cachedconnection.internal.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cachedconnection.internal.core.NearStore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A bounded map that keeps what is asked for often, and of the rest what was asked for of late. Thread-safe. */
final class CaffeineStore<E> implements NearStore<E> {

    private final Cache<Object, E> entries;

    CaffeineStore(long limit) {
        // On the callers' threads: those of a pool would outlive the application, and hold its class loader.
        entries =
                Caffeine.newBuilder().maximumSize(limit).executor(Runnable::run).build();
    }

    @Override
    public @Nullable E find(Object name) {
        return entries.getIfPresent(name);
    }

    @Override
    public void put(Object name, E entry) {
        entries.put(name, entry);
    }

    @Override
    public void limit(long limit) {
        entries.policy().eviction().ifPresent(bound -> bound.setMaximum(limit));
    }

    @Override
    public void removeIf(Predicate<E> doomed) {
        entries.asMap().values().removeIf(doomed);
    }
}
