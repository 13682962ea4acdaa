package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/**
 * The doors of a flight, which close when its load is over and before its value is offered to the remote store. Whoever
 * comes later, even in the moment between the store's acceptance and the landing, may have come after a write that the
 * store has seen since, and must not take this value. Used by the pilot's thread.
 */
final class Doors {

    private final Flights flights;
    private final Flight flight;
    private boolean closed;
    private boolean awaited;
    private boolean loaded;

    Doors(Flights flights, Flight flight) {
        this.flights = flights;
        this.flight = flight;
    }

    /** Loads, and closes the doors at once. */
    <V> @Nullable V closedAfter(Loader<V> loader) throws Exception {
        flight.isLoading = true;
        try {
            @Nullable V value = loader.load();
            loaded = true;
            close();
            return value;
        } finally {
            flight.isLoading = false;
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            awaited = flights.leave(flight);
        }
    }

    /** Whether anybody waits for what this flight brings. */
    boolean areAwaited() {
        close();
        return awaited;
    }

    /** Whether they were closed before the remote store was asked to vouch for the value. */
    boolean closedInTime() {
        return loaded;
    }
}
