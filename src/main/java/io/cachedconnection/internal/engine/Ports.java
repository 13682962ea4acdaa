package io.cachedconnection.internal.engine;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.Tracing;
import io.cachedconnection.internal.engine.write.TransactionScope;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The outside world as the engine sees it.
 *
 * @param store the store that all nodes share
 * @param near the near cache in the memory of this node
 * @param events receives events for the operator
 * @param transactions the transaction of the calling thread
 * @param nanoTime a monotonic clock, in nanoseconds
 * @param random numbers from 0 to 1; thread-safe
 * @param tokens names that are unique to one load or write across all nodes, of letters, digits and {@code -}; thread-safe
 * @param pause suspends a thread
 * @param tracing receives the steps of lookups and writes as they happen
 */
public record Ports(
        RemoteStore store,
        NearCaches near,
        EngineEvents events,
        TransactionScope transactions,
        LongSupplier nanoTime,
        DoubleSupplier random,
        Supplier<String> tokens,
        Sleeper pause,
        Tracing tracing) {

    /** Creates ports without traces. */
    public Ports(
            RemoteStore store,
            NearCaches near,
            EngineEvents events,
            TransactionScope transactions,
            LongSupplier nanoTime,
            DoubleSupplier random,
            Supplier<String> tokens,
            Sleeper pause) {
        this(store, near, events, transactions, nanoTime, random, tokens, pause, Tracing.NONE);
    }
}
