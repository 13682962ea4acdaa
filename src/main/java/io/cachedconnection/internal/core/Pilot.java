package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/** A thread, as far as it loads and waits for loads. */
final class Pilot {

    /** The innermost load that this thread makes; only this thread reads and writes it. */
    @Nullable Flight flying;

    /** The load that this thread waits for; belongs to whoever holds {@link WaitGraph}. */
    @Nullable Flight waitsFor;

    /** Whether this thread makes a load of {@code key} already. */
    boolean isLoading(CacheKey key) {
        for (Flight flight = flying; flight != null; flight = flight.outer) {
            if (flight.key.equals(key)) {
                return true;
            }
        }
        return false;
    }
}
