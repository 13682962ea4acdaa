package io.cachedconnection.internal.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What all lookups of one method have in common.
 *
 * @param cache the cache that holds the answers
 * @param codec reads and writes them
 * @param ttl the TTL that the annotation asks for; null if it does not say
 */
public record Plan<V>(
        Cache cache, ValueCodec<V> codec, @Nullable Duration ttl) {}
