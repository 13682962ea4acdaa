package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.store.EntryKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One load on this node, the thread that makes it, and the outcome that other callers wait for. */
final class InFlightLoad {

    final EntryKey key;
    final LoadingThread thread;
    final @Nullable InFlightLoad outer; // the load in the course of which this one is made
    final CompletableFuture<LoadOutcome> outcome = new CompletableFuture<>();
    final AtomicInteger doubts = new AtomicInteger(); // how many lookups have stopped waiting for it
    volatile boolean isLoading; // the method runs; written by the loading thread
    int waiters; // guarded by InFlightLoads, which counts them under its lock for the key

    // The loading thread's:
    boolean hasLoaded;
    boolean isClosed; // no caller may join any more
    boolean isAwaited; // as it was when it was closed

    InFlightLoad(EntryKey key, LoadingThread thread) {
        this.key = key;
        this.thread = thread;
        this.outer = thread.loading;
    }

    /** A thread that loads, and waits for loads. */
    static final class LoadingThread {

        private final Thread thread = Thread.currentThread();

        /** The innermost load that this thread makes; only this thread reads and writes it. */
        @Nullable InFlightLoad loading;

        /** The load that this thread waits for; guarded by {@link InFlightLoads}. */
        @Nullable InFlightLoad waitsFor;

        /**
         * Whether this thread waits, perhaps for what another thread does for it. A load that waits for the database does so in
         * its driver, which as a rule does not park; one that sleeps waits for no other thread.
         */
        boolean isParked() {
            return switch (thread.getState()) {
                case WAITING -> true;
                case TIMED_WAITING -> LockSupport.getBlocker(thread) != null;
                default -> false;
            };
        }

        /** Whether this thread makes a load of {@code key} already. */
        boolean isLoading(EntryKey key) {
            for (InFlightLoad load = loading; load != null; load = load.outer) {
                if (load.key.equals(key)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** How a load ended: what the callers that waited may take of it. */
    static final class LoadOutcome {

        /** What they may take. */
        enum Kind {
            /** A value that the remote store vouches for: for all callers that came before it was accepted. */
            CURRENT,
            /** A value that was loaded from what is committed: for callers that came before the load began. */
            COMMITTED,
            /** An exception: for callers that came before the load began. */
            FAILED,
            /** Nothing, for the value is for one transaction only: other callers may share another load. */
            OWN,
            /** Nothing: each caller loads for itself. */
            NOTHING
        }

        static final LoadOutcome NOTHING = new LoadOutcome(Kind.NOTHING, null, null);
        static final LoadOutcome OWN = new LoadOutcome(Kind.OWN, null, null);

        final Kind kind;
        final byte @Nullable [] payload;
        final @Nullable Exception failure;

        private LoadOutcome(Kind kind, byte @Nullable [] payload, @Nullable Exception failure) {
            this.kind = kind;
            this.payload = payload;
            this.failure = failure;
        }

        static LoadOutcome with(byte[] payload, boolean current) {
            return new LoadOutcome(current ? Kind.CURRENT : Kind.COMMITTED, payload, null);
        }

        static LoadOutcome with(Exception failure) {
            return new LoadOutcome(Kind.FAILED, null, failure);
        }

        /** This value for callers that came later than its load began, for whom the remote store does not vouch. */
        LoadOutcome handedOn() {
            return new LoadOutcome(Kind.COMMITTED, payload, failure);
        }
    }
}
