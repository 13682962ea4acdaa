package io.cachedconnection.internal.near;

import io.cachedconnection.internal.core.NearStore;

/** Makes bounded maps with Caffeine. Thread-safe. */
public final class CaffeineStores implements NearStore.Maker {

    @Override
    public <E> NearStore<E> holding(long entries) {
        return new CaffeineStore<>(entries);
    }
}
