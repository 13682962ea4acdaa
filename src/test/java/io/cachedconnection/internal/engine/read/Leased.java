package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.store.LookupResult;

/** What is below the sharing of loads: asks the store for the lease, loads, and fills. */
record Leased(RowStore store) implements Layer {

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        int token = store.acquire();
        LookupResult<V> result = LookupResult.loaded(lookup.load());
        return store.fill(token, (Integer) result.value()) ? result.accepted() : result;
    }
}
