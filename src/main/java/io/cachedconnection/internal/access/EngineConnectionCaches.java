package io.cachedconnection.internal.access;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.core.CacheCounters;
import io.cachedconnection.internal.core.CacheCounters.Event;
import io.cachedconnection.internal.core.Caches;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The caches of the application, as a program sees them. Thread-safe. */
public final class EngineConnectionCaches implements ConnectionCaches {

    private final Caches caches;
    private final Opening opening;

    /** The program's view of {@code caches}, which {@code opening} makes. */
    public EngineConnectionCaches(Caches caches, Opening opening) {
        this.caches = caches;
        this.opening = opening;
    }

    /** How a cache by hand is made. Thread-safe. */
    @FunctionalInterface
    public interface Opening {

        /** The cache; the caller vouches for the types. */
        <K, V> ConnectionCache<K, V> open(String name, Type keyType, Type valueType);
    }

    @Override
    public <K, V> ConnectionCache<K, V> cache(String name, Class<K> keyType, Class<V> valueType) {
        return cache(name, (Type) keyType, valueType);
    }

    @Override
    public <K, V> ConnectionCache<K, V> cache(String name, Type keyType, Type valueType) {
        Objects.requireNonNull(name, "The name of the cache is null.");
        Objects.requireNonNull(keyType, "The type of the keys is null.");
        Objects.requireNonNull(valueType, "The type of the values is null.");
        return opening.open(name, keyType, valueType);
    }

    @Override
    public Map<String, CacheStatistics> statistics() {
        Map<String, CacheStatistics> statistics = new TreeMap<>();
        caches.all().forEach((name, cache) -> statistics.put(name, statistics(cache.counters())));
        return Collections.unmodifiableMap(statistics);
    }

    private static CacheStatistics statistics(CacheCounters counters) {
        return new CacheStatistics(
                counters.of(Event.NEAR_HIT),
                counters.of(Event.HIT),
                counters.of(Event.MISS),
                counters.of(Event.LOAD),
                counters.of(Event.LOAD_FAILURE),
                counters.of(Event.STORE),
                counters.of(Event.UNDECODABLE),
                counters.of(Event.OUTDATED),
                counters.of(Event.UNTRUSTED),
                counters.of(Event.FAILURE));
    }
}
