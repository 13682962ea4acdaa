package io.cachedconnection.internal.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One load on this node, and the callers that wait for its outcome. */
final class InFlightLoad {

    final EntryKey key;
    final LoadingThread thread;
    final @Nullable InFlightLoad outer; // the load in the course of which this one is made
    final CompletableFuture<LoadOutcome> outcome = new CompletableFuture<>();
    volatile boolean isLoading; // the method runs; written by the thread
    final AtomicInteger doubts = new AtomicInteger(); // how many lookups have stopped waiting for it
    int waiters; // belongs to InFlightLoads, which counts them under its lock for the key

    InFlightLoad(EntryKey key, LoadingThread thread) {
        this.key = key;
        this.thread = thread;
        this.outer = thread.loading;
    }
}
