package io.cachedconnection.internal.core;

/**
 * What all lookups of one method have in common.
 *
 * @param cache the cache that holds the answers
 * @param codec reads and writes them
 * @param ttl how long they are kept
 */
public record Plan<V>(Cache cache, ValueCodec<V> codec, TtlChoice ttl) {

    /** The same, but for how long values are kept. */
    public Plan<V> with(TtlChoice other) {
        return new Plan<>(cache, codec, other);
    }
}
