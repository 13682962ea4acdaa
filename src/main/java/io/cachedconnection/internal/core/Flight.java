package io.cachedconnection.internal.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One load on this node, and those who wait for it to land. */
final class Flight {

    final CacheKey key;
    final Pilot pilot;
    final @Nullable Flight outer; // the load in the course of which this one is made
    final CompletableFuture<Landing> landing = new CompletableFuture<>();
    volatile boolean isLoading; // the method runs; written by the pilot
    final AtomicInteger doubts = new AtomicInteger(); // how many lookups have stopped waiting for it
    int passengers; // belongs to Flights, which counts them under its lock for the key

    Flight(CacheKey key, Pilot pilot) {
        this.key = key;
        this.pilot = pilot;
        this.outer = pilot.flying;
    }
}
