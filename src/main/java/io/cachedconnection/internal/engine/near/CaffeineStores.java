package io.cachedconnection.internal.engine.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Creates bounded maps with Caffeine, which keep the most frequently or recently used entries. Thread-safe. */
public final class CaffeineStores implements NearStore.Maker {

    /** Whether the application has a usable Caffeine. Only the near cache needs one. */
    public static boolean areUsable() {
        try {
            new CaffeineStores().holding(1).limit(1);
            return true;
        } catch (LinkageError e) {
            return false;
        }
    }

    @Override
    public <E> NearStore<E> holding(long entries) {
        // Runs on the callers' threads: threads of a pool would outlive the application and hold its class loader.
        return new CaffeineStore<>(Caffeine.newBuilder()
                .maximumSize(entries)
                .executor(Runnable::run)
                .build());
    }

    private record CaffeineStore<E>(Cache<Object, E> entries) implements NearStore<E> {

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
        public long size() {
            return entries.estimatedSize();
        }

        @Override
        public void removeIf(Predicate<E> doomed) {
            entries.asMap().values().removeIf(doomed);
        }
    }
}
