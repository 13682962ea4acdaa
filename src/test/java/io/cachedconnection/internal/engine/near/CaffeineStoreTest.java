package io.cachedconnection.internal.engine.near;

import io.cachedconnection.testing.NearStoreContract;

/** The map of Caffeine keeps the contract. */
class CaffeineStoreTest extends NearStoreContract {

    CaffeineStoreTest() {
        super(new CaffeineStores());
    }
}
