package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.near.NearCache;
import io.cachedconnection.internal.engine.store.CacheSettings;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One cache: its name, its settings as they are now, what it has done so far, and what of it is kept near. Thread-safe. */
public final class Cache {

    private final String name;
    private final Supplier<CacheSettings> settings;
    private final CacheCounters counters;
    private final @Nullable NearCache near;
    private final Supplier<Boolean> enabled; // both made once, for they are asked in every lookup
    private final Supplier<Integer> maxValueBytes;

    /** One that keeps nothing near. */
    public Cache(String name, Supplier<CacheSettings> settings, CacheCounters counters) {
        this(name, settings, counters, null);
    }

    /**
     * One cache.
     *
     * @param name as the annotations spell it
     * @param settings asked at each lookup, because they may change at run time
     * @param counters what it has done on this node
     * @param near what of it is kept in the memory of this node; null for nothing
     */
    public Cache(String name, Supplier<CacheSettings> settings, CacheCounters counters, @Nullable NearCache near) {
        this.name = name;
        this.settings = settings;
        this.counters = counters;
        this.near = near;
        this.enabled = () -> settings.get().enabled();
        this.maxValueBytes = () -> settings.get().maxValueBytes();
    }

    /** Its name, as the annotations spell it. */
    public String name() {
        return name;
    }

    /** Its settings at this moment are asked here. */
    public Supplier<CacheSettings> settings() {
        return settings;
    }

    /** What it has done on this node. */
    public CacheCounters counters() {
        return counters;
    }

    /** What of it is kept in the memory of this node; null for nothing. */
    @Nullable NearCache near() {
        return near;
    }

    /** Whether it is switched on; not while its settings cannot be read. */
    boolean isEnabled() {
        return SafeCalls.or(false, enabled);
    }

    /** How many bytes a value may have; the most of all caches while its settings cannot be read. */
    int maxValueBytes() {
        return SafeCalls.or(CacheSettings.MOST_VALUE_BYTES, maxValueBytes);
    }
}
