package io.cachedconnection.internal.engine.read;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** The caches of the application, each created on demand. Thread-safe. */
public final class Caches {

    private final SortedMap<String, Cache> caches = new ConcurrentSkipListMap<>();
    private final Function<String, Cache> maker;

    /** Creates caches by their names with {@code maker}. */
    public Caches(Function<String, Cache> maker) {
        this.maker = maker;
    }

    /** Returns the cache with this name, the same one for every caller. */
    public Cache of(String name) {
        return caches.computeIfAbsent(name, maker);
    }

    /** Returns the caches that exist so far, by name. */
    public SortedMap<String, Cache> all() {
        return new TreeMap<>(caches);
    }
}
