package io.cachedconnection.internal.core;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The outside world, as the engine sees it.
 *
 * @param store the store that all nodes share
 * @param events who is told what a caller is not
 * @param nanoTime a clock that only moves on, in nanoseconds
 * @param random numbers from 0 to 1; thread-safe
 */
public record Ports(RemoteStore store, EngineEvents events, LongSupplier nanoTime, DoubleSupplier random) {}
