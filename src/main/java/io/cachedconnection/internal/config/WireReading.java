package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.WireSettings;

/** How the values and keys of one cache stand in Redis. */
final class WireReading {

    private final String cache;

    WireReading(String cache) {
        this.cache = cache;
    }

    WireSettings settings() {
        return cache.equals(KeySpace.PROVIDER_CONNECTION) ? WireSettings.JSON : WireSettings.DEFAULT;
    }
}
