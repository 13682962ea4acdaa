package io.cachedconnection.internal.engine.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the protocol; {@code docs/consistency.md} says what each trades.
 *
 * @param budget how long one lookup may wait for the remote store
 * @param leaseTimeout how long a load may take before another node may load the same key
 * @param leaseWait how long a lookup waits for the load of another node
 * @param maxTransactionAge how old a transaction is at most when it fills; how long a dead writer's fence stands
 * @param replicaLag how far what a lookup reads may lie back, because it reads from a replica
 * @param evictTimeout how long a write may wait for the remote store before it, and once more after it
 * @param onFailure what becomes of a write whose eviction cannot be delivered
 * @param journalSize how many undelivered evictions are kept, key by key
 */
public record ProtocolSettings(
        Duration budget,
        Duration leaseTimeout,
        Duration leaseWait,
        Duration maxTransactionAge,
        Duration replicaLag,
        Duration evictTimeout,
        OnFailure onFailure,
        int journalSize) {

    /** What becomes of a write whose eviction cannot be delivered before it. */
    public enum OnFailure {
        /** It goes on, and the eviction is delivered when the remote store is back. */
        RETRY,
        /** It is refused before it commits. */
        FAIL
    }

    /**
     * How far back what a transaction of this {@code age} sees may lie; null if further than fences remember.
     *
     * @param age as it was when its lookup, or its announcement, had not yet been sent, or later
     */
    public @Nullable Duration settle(Duration age) {
        Duration settle = age.plus(budget);
        return settle.compareTo(maxTransactionAge) > 0 ? null : settle.plus(replicaLag);
    }

    /** How far back what a transaction of unknown age sees may lie: as long as fences remember, at least. */
    public Duration longestSettle() {
        return maxTransactionAge.plus(replicaLag);
    }

    /** The defaults. */
    public static ProtocolSettings defaults() {
        return new ProtocolSettings(
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ZERO,
                Duration.ofSeconds(1),
                OnFailure.RETRY,
                10_000);
    }
}
