package io.cachedconnection.internal.engine.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The current settings of one cache.
 *
 * @param enabled false if every call goes straight to the method
 * @param evictsWhenOff whether writes still evict while the cache is switched off, for nodes that have it on
 * @param ownTtl the TTL set for this cache, which overrides the annotation's; null if none is set
 * @param generalTtl the TTL for all caches
 * @param negativeTtl the TTL of null; zero if null is not stored
 * @param jitter the part of a TTL, from 0 to 1, by which it is shortened at random
 * @param maxValueBytes larger values are not stored
 * @param near the settings of the near cache
 * @param verification the settings of the verification of hits
 */
public record CacheSettings(
        boolean enabled,
        boolean evictsWhenOff,
        @Nullable Duration ownTtl,
        Duration generalTtl,
        Duration negativeTtl,
        double jitter,
        int maxValueBytes,
        NearSettings near,
        VerificationSettings verification) {

    /** The upper limit of {@link #maxValueBytes}: no more is read of any entry in the remote store. */
    public static final int MOST_VALUE_BYTES = 16 * 1024 * 1024;

    /** Creates settings without verification. */
    public CacheSettings(
            boolean enabled,
            boolean evictsWhenOff,
            @Nullable Duration ownTtl,
            Duration generalTtl,
            Duration negativeTtl,
            double jitter,
            int maxValueBytes,
            NearSettings near) {
        this(
                enabled,
                evictsWhenOff,
                ownTtl,
                generalTtl,
                negativeTtl,
                jitter,
                maxValueBytes,
                near,
                VerificationSettings.OFF);
    }

    /** Creates settings without verification, with writes that always evict. */
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

    /** Returns these settings with the cache switched off. Writes still evict if {@code evicts} is true. */
    public CacheSettings switchedOff(boolean evicts) {
        return new CacheSettings(false, evicts, ownTtl, generalTtl, negativeTtl, jitter, maxValueBytes, near);
    }

    /** Whether the cache never uses the remote store, not even to evict. */
    public boolean isLeftAlone() {
        return !enabled && !evictsWhenOff;
    }

    /** Returns the effective TTL for an annotation's TTL; null if the annotation has none. */
    public Duration ttl(@Nullable Duration annotated) {
        if (ownTtl != null) {
            return ownTtl;
        }
        return annotated != null ? annotated : generalTtl;
    }

    /**
     * The current settings of the near cache of one cache.
     *
     * @param enabled whether the near cache is on; if it is off at the start, it stays off
     * @param maxEntries the maximum number of entries
     * @param maxStaleness how long after its invalidation a value may still be served, at most
     */
    public record NearSettings(boolean enabled, int maxEntries, Duration maxStaleness) {

        /** The default: no near cache. */
        public static final NearSettings OFF = new NearSettings(false, 10_000, Duration.ofSeconds(2));
    }

    /**
     * The current settings of the verification of one cache.
     *
     * @param sample the share of hits that are verified, from 0 (none) to 1 (all)
     * @param fails whether a lookup throws if its answer was a lie
     */
    public record VerificationSettings(double sample, boolean fails) {

        /** The default: no verification. */
        public static final VerificationSettings OFF = new VerificationSettings(0, false);
    }
}
