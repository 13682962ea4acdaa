package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.Flights.Seat;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/** Callers who board flights and leave them, each thread with one at a time; {@link Timetable} says what they get. */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "key", gen = IntGen.class, conf = "0:1")
public final class Boarding {

    private static final KeySpace SPACE = KeySpace.of("c", "");
    private static final List<CacheKey> KEYS = List.of(SPACE.key("0"), SPACE.key("1"));

    private final Flights flights = new Flights();
    private final Seat[] seats = new Seat[Timetable.THREADS];

    @Operation
    public String board(@Param(name = "thread") int thread, @Param(name = "key") int key) {
        if (seats[thread] != null) {
            return "has a flight";
        }
        Seat seat = flights.board(KEYS.get(key), new Pilot());
        if (!seat.isPilot()) {
            return "passenger";
        }
        seats[thread] = seat;
        return seat.before() == null ? "runs" : "waits";
    }

    @Operation
    public String leave(@Param(name = "thread") int thread) {
        Seat seat = seats[thread];
        if (seat == null) {
            return "has no flight";
        }
        seats[thread] = null;
        return flights.leave(seat.flight()) ? "awaited" : "alone";
    }

    /** When all is quiet, no flight is kept that nobody makes. */
    @Validate
    public void flights_ofNobody_areForgotten() {
        Set<CacheKey> flown = new HashSet<>();
        for (Seat seat : seats) {
            if (seat != null) {
                flown.add(seat.flight().key);
            }
        }
        if (flights.keys() != flown.size()) {
            throw new IllegalStateException(flights.keys() + " keys have a flight, and " + flown.size() + " should");
        }
    }
}
