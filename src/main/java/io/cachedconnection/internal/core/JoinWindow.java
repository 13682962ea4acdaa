package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/**
 * The time in which callers may join a load. It closes when the load is over, before the value is offered to the remote store:
 * a caller that comes later may have come after a write that the store has seen since, and must not take this value. Used by
 * the loading thread.
 */
final class JoinWindow {

    private final InFlightLoads inFlight;
    private final InFlightLoad load;
    private boolean closed;
    private boolean awaited;
    private boolean loaded;

    JoinWindow(InFlightLoads inFlight, InFlightLoad load) {
        this.inFlight = inFlight;
        this.load = load;
    }

    /** Loads, and closes at once. */
    <V> @Nullable V closedAfter(ValueLoader<V> loader) throws Exception {
        load.isLoading = true;
        try {
            @Nullable V value = loader.load();
            loaded = true;
            close();
            return value;
        } finally {
            load.isLoading = false;
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            awaited = inFlight.leave(load);
        }
    }

    /** Whether a caller waits for the outcome; closes. */
    boolean isAwaited() {
        close();
        return awaited;
    }

    /** Whether it was closed before the remote store was asked to vouch for the value. */
    boolean closedInTime() {
        return loaded;
    }
}
