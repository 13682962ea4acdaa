package io.cachedconnection.internal.engine.near;

import io.cachedconnection.testing.MapStores;
import io.cachedconnection.testing.NearStoreContract;

/** The fake keeps the contract. */
class MapStoresTest extends NearStoreContract {

    MapStoresTest() {
        super(new MapStores());
    }
}
