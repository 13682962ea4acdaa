package io.cachedconnection.internal.core;

import java.time.Duration;

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
