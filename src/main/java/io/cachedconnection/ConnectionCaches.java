package io.cachedconnection;

import java.util.Map;

/**
 * All caches of the application. Inject it; it is thread-safe.
 *
 * <pre>{@code
 * @Inject ConnectionCaches caches;
 * ...
 * long hits = caches.statistics().get("provider-connection").hits();
 * }</pre>
 */
public interface ConnectionCaches {

    /**
     * What each cache has done on this node since the application started.
     *
     * @return the statistics by the name of the cache, in alphabetical order; unmodifiable, never null
     */
    Map<String, CacheStatistics> statistics();
}
