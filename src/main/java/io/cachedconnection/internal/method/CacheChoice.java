package io.cachedconnection.internal.method;

import io.cachedconnection.internal.core.KeySpace;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which cache keeps the answers, and how long if the annotation says.
 *
 * @param space its keys; until they are {@link #bound}, those of an application without settings
 * @param sharesEntries whether other lookups of the cache may answer with these entries
 */
record CacheChoice(KeySpace space, @Nullable Duration ttl, boolean sharesEntries) {

    /** The choice with the keys that the application's settings give the cache. */
    CacheChoice bound(Function<String, KeySpace> keySpaces) {
        return new CacheChoice(keySpaces.apply(space.cache()), ttl, sharesEntries);
    }
}
