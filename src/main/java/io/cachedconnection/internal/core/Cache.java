package io.cachedconnection.internal.core;

import java.util.function.Supplier;

/**
 * One cache: its name, its settings as they are now, and what it has done so far.
 *
 * @param name as the annotations spell it
 * @param settings asked at each lookup, because they may change at run time
 * @param counters what it has done on this node
 */
public record Cache(String name, Supplier<CacheSettings> settings, CacheCounters counters) {

    /** Whether it is switched on; not while nobody can say. */
    boolean isEnabled() {
        return Doubt.or(false, () -> settings.get().enabled());
    }
}
