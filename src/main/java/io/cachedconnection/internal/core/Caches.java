package io.cachedconnection.internal.core;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The caches of the application, each made when it is first asked for. Thread-safe. */
public final class Caches {

    private final SortedMap<String, Cache> caches = new ConcurrentSkipListMap<>();
    private final Function<String, Supplier<CacheSettings>> settings;

    /** Caches that find their settings by name in {@code settings}. */
    public Caches(Function<String, Supplier<CacheSettings>> settings) {
        this.settings = settings;
    }

    /** The cache of this name, the same for every caller. */
    public Cache of(String name) {
        return caches.computeIfAbsent(name, n -> new Cache(n, settings.apply(n), new CacheCounters()));
    }

    /** Those that exist so far, by name. */
    public SortedMap<String, Cache> all() {
        return new TreeMap<>(caches);
    }
}
