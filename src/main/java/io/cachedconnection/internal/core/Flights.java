package io.cachedconnection.internal.core;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The loads of this node, by key: of each at most one that is in the air, and one that waits for it to land. Every change
 * is atomic for its key. Thread-safe.
 */
final class Flights {

    private final ConcurrentMap<CacheKey, Line> lines = new ConcurrentHashMap<>();

    /** The loads of one key. */
    private record Line(Flight running, @Nullable Flight waiting) {}

    /**
     * Where a caller is.
     *
     * @param flight the load it is part of
     * @param isPilot whether it makes the load itself
     * @param before the load that has to land first; null if there is none
     */
    record Seat(Flight flight, boolean isPilot, @Nullable Flight before) {}

    /** A seat in the next load of {@code key} that has not begun. */
    Seat board(CacheKey key, Pilot pilot) {
        Flight own = new Flight(key, pilot);
        Line line = lines.compute(key, (k, old) -> joined(old, own));
        if (line.running() == own) {
            return new Seat(own, true, null);
        }
        Flight waiting = line.waiting() == null ? own : line.waiting();
        return new Seat(waiting, waiting == own, line.running());
    }

    private static Line joined(@Nullable Line line, Flight own) {
        if (line == null) {
            return new Line(own, null);
        }
        if (line.waiting() == null) {
            return new Line(line.running(), own);
        }
        line.waiting().passengers++;
        return line;
    }

    /** Takes a load off the line, and puts the one that waited for it in its place; true if anybody waits for either. */
    boolean leave(Flight flight) {
        boolean[] awaited = {false};
        lines.compute(flight.key, (key, line) -> {
            awaited[0] = flight.passengers > 0 || (line != null && line.running() == flight && line.waiting() != null);
            return line == null ? null : without(line, flight);
        });
        return awaited[0];
    }

    private static @Nullable Line without(Line line, Flight flight) {
        Flight waiting = line.waiting();
        if (line.running() == flight) {
            return waiting == null ? null : new Line(waiting, null);
        }
        return waiting == flight ? new Line(line.running(), null) : line;
    }

    /** How many keys are being loaded. */
    int keys() {
        return lines.size();
    }
}
