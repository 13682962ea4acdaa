package io.cachedconnection.internal.access;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.core.CacheCounters;
import io.cachedconnection.internal.core.CacheCounters.Event;
import io.cachedconnection.internal.core.Caches;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The caches of the application, as a program sees them. Thread-safe. */
public final class EngineConnectionCaches implements ConnectionCaches {

    private final Caches caches;

    /** The program's view of {@code caches}. */
    public EngineConnectionCaches(Caches caches) {
        this.caches = caches;
    }

    @Override
    public Map<String, CacheStatistics> statistics() {
        Map<String, CacheStatistics> statistics = new TreeMap<>();
        caches.all().forEach((name, cache) -> statistics.put(name, statistics(cache.counters())));
        return Collections.unmodifiableMap(statistics);
    }

    private static CacheStatistics statistics(CacheCounters counters) {
        return new CacheStatistics(
                counters.of(Event.HIT),
                counters.of(Event.MISS),
                counters.of(Event.LOAD),
                counters.of(Event.LOAD_FAILURE),
                counters.of(Event.STORE),
                counters.of(Event.UNDECODABLE),
                counters.of(Event.FAILURE));
    }
}
