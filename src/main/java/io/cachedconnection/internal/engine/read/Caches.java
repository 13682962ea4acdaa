package io.cachedconnection.internal.engine.read;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** The caches of the application, each made when it is first asked for. Thread-safe. */
public final class Caches {

    private final SortedMap<String, Cache> caches = new ConcurrentSkipListMap<>();
    private final Function<String, Cache> maker;

    /** Caches that {@code maker} makes by their names. */
    public Caches(Function<String, Cache> maker) {
        this.maker = maker;
    }

    /** The cache of this name, the same for every caller. */
    public Cache of(String name) {
        return caches.computeIfAbsent(name, maker);
    }

    /** The caches that exist so far, by name. */
    public SortedMap<String, Cache> all() {
        return new TreeMap<>(caches);
    }
}
