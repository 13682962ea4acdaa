package io.cachedconnection.internal.engine.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is configured for one cache, at this moment.
 *
 * @param enabled false: every call goes straight to the method
 * @param evictsWhenOff whether writes evict from it also while it is switched off, for the sake of other nodes
 * @param ownTtl the TTL set for this cache itself, which wins over the annotation's; null if none is set
 * @param generalTtl the TTL for all caches
 * @param negativeTtl how long null is remembered; zero means not at all
 * @param jitter the part of a TTL, from 0 to 1, by which a life may be shorter
 * @param maxValueBytes larger values are not stored
 * @param near what is kept of it in the memory of this node
 */
public record CacheSettings(
        boolean enabled,
        boolean evictsWhenOff,
        @Nullable Duration ownTtl,
        Duration generalTtl,
        Duration negativeTtl,
        double jitter,
        int maxValueBytes,
        NearSettings near) {

    /** The most that {@link #maxValueBytes} may be: no more than this is read of any entry in the remote store. */
    public static final int MOST_VALUE_BYTES = 16 * 1024 * 1024;

    /** The settings of a cache from which writes always evict. */
    public CacheSettings(
            boolean enabled,
            @Nullable Duration ownTtl,
            Duration generalTtl,
            Duration negativeTtl,
            double jitter,
            int maxValueBytes,
            NearSettings near) {
        this(enabled, true, ownTtl, generalTtl, negativeTtl, jitter, maxValueBytes, near);
    }

    /** Whether nothing is asked of the remote store for its sake, not even to evict. */
    public boolean isLeftAlone() {
        return !enabled && !evictsWhenOff;
    }

    /** The TTL of a value whose annotation says {@code annotated}, or nothing. */
    public Duration ttl(@Nullable Duration annotated) {
        if (ownTtl != null) {
            return ownTtl;
        }
        return annotated != null ? annotated : generalTtl;
    }

    /**
     * What is configured for the near cache of one cache, at this moment.
     *
     * @param enabled whether there is one; without one at the start there is never one
     * @param maxEntries how many entries it holds at most
     * @param maxStaleness for how long after its invalidation a value may be served at most
     */
    public record NearSettings(boolean enabled, int maxEntries, Duration maxStaleness) {

        /** None, and what holds unless it is set otherwise. */
        public static final NearSettings OFF = new NearSettings(false, 10_000, Duration.ofSeconds(2));
    }
}
