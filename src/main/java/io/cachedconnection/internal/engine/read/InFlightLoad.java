package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.store.EntryKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One load on this node, with its thread and the outcome that other callers wait for. */
final class InFlightLoad {

    final EntryKey key;
    final LoadingThread thread;
    final @Nullable InFlightLoad outer; // the load during which this one began
    final CompletableFuture<LoadOutcome> outcome = new CompletableFuture<>();
    final AtomicInteger doubts = new AtomicInteger(); // how many lookups have stopped waiting for it
    volatile boolean isLoading; // the method is running; written by the loading thread
    int waiters; // guarded by InFlightLoads, which counts them under its lock for the key

    // Used by the loading thread only:
    boolean hasLoaded;
    boolean isClosed; // no caller may join any more
    boolean isAwaited; // whether it had waiters when it was closed

    InFlightLoad(EntryKey key, LoadingThread thread) {
        this.key = key;
        this.thread = thread;
        this.outer = thread.loading;
    }

    /** A thread that loads and waits for loads. */
    static final class LoadingThread {

        private final Thread thread = Thread.currentThread();

        /** The innermost load of this thread; confined to this thread. */
        @Nullable InFlightLoad loading;

        /** The load that this thread waits for; guarded by {@link InFlightLoads}. */
        @Nullable InFlightLoad waitsFor;

        /**
         * Whether this thread is parked, perhaps to wait for work of another thread. A load that waits for the database does so
         * in its driver, which usually does not park. A load that sleeps waits for no other thread.
         */
        boolean isParked() {
            return switch (thread.getState()) {
                case WAITING -> true;
                case TIMED_WAITING -> LockSupport.getBlocker(thread) != null;
                default -> false;
            };
        }

        /** Whether this thread already loads {@code key}. */
        boolean isLoading(EntryKey key) {
            for (InFlightLoad load = loading; load != null; load = load.outer) {
                if (load.key.equals(key)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The outcome of a load for the callers that waited for it. */
    static final class LoadOutcome {

        /** The part of the outcome that waiting callers may take. */
        enum Kind {
            /** A value that the remote store vouches for: for callers that came before the store accepted it. */
            CURRENT,
            /** A value loaded from committed data: for callers that came before the load began. */
            COMMITTED,
            /** An exception: for callers that came before the load began. */
            FAILED,
            /** Nothing, because the value belongs to one transaction: other callers may share another load. */
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

        /** Returns this value without the store's guarantee, for callers that wait for the next load. */
        LoadOutcome handedOn() {
            return new LoadOutcome(Kind.COMMITTED, payload, failure);
        }
    }
}
