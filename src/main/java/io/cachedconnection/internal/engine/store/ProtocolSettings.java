package io.cachedconnection.internal.engine.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the protocol. {@code docs/explanation/consistency.md} explains the trade-offs.
 *
 * @param budget how long one lookup may wait for the remote store
 * @param leaseTimeout how long a load may take before another node may load the same key
 * @param leaseWait how long a lookup waits for the load of another node
 * @param maxTransactionAge the greatest age of a transaction that may fill, and the lifetime of a crashed writer's fence
 * @param replicaLag how far a replica that lookups read may lag behind
 * @param evictTimeout how long a write may wait for the remote store before the commit, and again after it
 * @param onFailure what happens to a write whose eviction cannot be delivered
 * @param journalSize how many undelivered evictions are kept key by key
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

    /** The fate of a write whose eviction cannot be announced. */
    public enum OnFailure {
        /** The write proceeds, and the eviction is delivered when the remote store is available. */
        RETRY,
        /** The write is refused before it commits. */
        FAIL
    }

    /**
     * Returns how far back the snapshot of a transaction of this {@code age} may lie; null if further than fences remember.
     *
     * @param age the age when the lookup or announcement was sent, or later
     */
    public @Nullable Duration settle(Duration age) {
        Duration settle = age.plus(budget);
        return settle.compareTo(maxTransactionAge) > 0 ? null : settle.plus(replicaLag);
    }

    /** Returns how far back the snapshot of a transaction of unknown age may lie: as far as fences remember. */
    public Duration longestSettle() {
        return maxTransactionAge.plus(replicaLag);
    }

    /** Returns the default settings. */
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
