package io.cachedconnection.internal.engine.store;

import io.cachedconnection.internal.engine.store.ServerReport.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Receives the steps of the engine as they happen, for traces. One thread begins and ends a step, and steps are nested.
 * Implementations are thread-safe, fast, and never throw.
 */
public interface Tracing {

    /** Ignores all steps, at no cost. */
    Tracing NONE = new Tracing() {};

    /** The kind of work on a cache. */
    enum Work {
        /** A lookup that the near cache did not answer. */
        LOOKUP,
        /** A run of the repository method. */
        LOAD,
        /** The announcement of a write before its commit. */
        ANNOUNCE,
        /** The eviction of a key or a tag. */
        EVICT,
        /** The replacement of a value. */
        PUT,
        /** The eviction of a whole cache. */
        CLEAR
    }

    /** A step in progress. */
    interface Step extends AutoCloseable {

        /** A step that is not traced. */
        Step UNTOLD = new Step() {};

        /** Sets the result, in lower case. */
        default void result(String result) {}

        /** Marks the step as failed with this exception. */
        default void failed(Throwable failure) {}

        /** Marks the step as refused for this reason, in lower case. The enclosing step goes on. */
        default void refused(String reason) {}

        /** Ends the step. */
        @Override
        default void close() {}
    }

    /** Begins work on {@code cache}; null if it concerns several caches. */
    default Step begin(Work work, @Nullable String cache) {
        return Step.UNTOLD;
    }

    /** Begins a call to the Redis server on {@code host}; the port is 0 if the host is complete without one. */
    default Step call(Operation operation, String host, int port, int database) {
        return Step.UNTOLD;
    }

    /** Records a lookup that Redis answered. */
    default void hit(String cache) {}
}
