package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.near.NearCache;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.VerificationSettings;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One cache: its name, current settings, counters and near cache. Thread-safe. */
public final class Cache {

    private final String name;
    private final Supplier<CacheSettings> settings;
    private final CacheCounters counters;
    private final @Nullable NearCache near;
    private final Supplier<Boolean> enabled; // both created once, because each lookup reads them
    private final Supplier<Integer> maxValueBytes;
    private volatile Switch position = Switch.BY_SETTINGS;
    private volatile VerificationSettings verification =
            VerificationSettings.OFF; // as read by the last lookup, if the cache is on

    /** An operator's override for this node, until the application ends. */
    public enum Switch {
        /** No override: the settings decide. */
        BY_SETTINGS,
        /** The cache is off; the settings decide whether writes evict from it. */
        OFF,
        /** The cache is off, and writes evict from it regardless of the settings. */
        OFF_BUT_EVICTING
    }

    /** Creates a cache without a near cache. */
    public Cache(String name, Supplier<CacheSettings> settings, CacheCounters counters) {
        this(name, settings, counters, null);
    }

    /**
     * Creates a cache.
     *
     * @param name its name in the annotations
     * @param settings read at each lookup, because they may change at run time
     * @param counters counts its work on this node
     * @param near its near cache; null for none
     */
    public Cache(String name, Supplier<CacheSettings> settings, CacheCounters counters, @Nullable NearCache near) {
        this.name = name;
        this.settings = () -> switched(settings.get());
        this.counters = counters;
        this.near = near;
        this.enabled = () -> isEnabled(this.settings.get());
        this.maxValueBytes = () -> settings.get().maxValueBytes();
    }

    private CacheSettings switched(CacheSettings configured) {
        Switch now = position;
        return now == Switch.BY_SETTINGS || !configured.enabled()
                ? configured
                : configured.switchedOff(now == Switch.OFF_BUT_EVICTING || configured.evictsWhenOff());
    }

    /** Returns the operator's override for this node. */
    public Switch position() {
        return position;
    }

    /** Overrides the settings for this node, until the next call or the end of the application. The next lookup heeds it. */
    public void turn(Switch to) {
        position = to;
    }

    /** Returns its name in the annotations. */
    public String name() {
        return name;
    }

    /** Returns the supplier of its current settings. */
    public Supplier<CacheSettings> settings() {
        return settings;
    }

    /** Returns the counters of its work on this node. */
    public CacheCounters counters() {
        return counters;
    }

    /** Returns its near cache; null for none. */
    @Nullable NearCache near() {
        return near;
    }

    /** Returns the approximate number of near entries; 0 without a near cache. */
    public long nearEntries() {
        return near == null ? 0 : near.size();
    }

    /** Whether it is switched on; false while its settings cannot be read. */
    boolean isEnabled() {
        return SafeCalls.or(false, enabled);
    }

    /** Returns the maximum size of a value in bytes; the general maximum while its settings cannot be read. */
    int maxValueBytes() {
        return SafeCalls.or(CacheSettings.MOST_VALUE_BYTES, maxValueBytes);
    }

    @SuppressWarnings("ReferenceEquality") // the same object until the settings change; only then a write is worthwhile
    private boolean isEnabled(CacheSettings current) {
        if (verification != current.verification()) {
            verification = current.verification();
        }
        return current.enabled();
    }

    /** Returns the verification settings as of the last {@link #isEnabled}, with which each lookup begins. */
    VerificationSettings verification() {
        return verification;
    }
}
