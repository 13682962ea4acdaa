package io.cachedconnection.internal.engine;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.write.TransactionScope;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The outside world, as the engine sees it.
 *
 * @param store the store that all nodes share
 * @param near what this node keeps of it in its own memory
 * @param events who is told what a caller is not
 * @param transactions the transaction of the calling thread
 * @param nanoTime a clock that only moves on, in nanoseconds
 * @param random numbers from 0 to 1; thread-safe
 * @param tokens names that no other load or write has, on any node; of letters, digits and {@code -}; thread-safe
 * @param pause how a thread rests
 */
public record Ports(
        RemoteStore store,
        NearCaches near,
        EngineEvents events,
        TransactionScope transactions,
        LongSupplier nanoTime,
        DoubleSupplier random,
        Supplier<String> tokens,
        Sleeper pause) {}
