package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.InFlightLoads.Join;
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
public final class Joining {

    private static final KeySpace SPACE = KeySpace.of("c", "");
    private static final List<EntryKey> KEYS = List.of(SPACE.key("0"), SPACE.key("1"));

    private final InFlightLoads inFlight = new InFlightLoads();
    private final Join[] seats = new Join[Timetable.THREADS];

    @Operation
    public String join(@Param(name = "thread") int thread, @Param(name = "key") int key) {
        if (seats[thread] != null) {
            return "has a flight";
        }
        Join join = inFlight.join(KEYS.get(key), new LoadingThread());
        if (!join.isLoader()) {
            return "passenger";
        }
        seats[thread] = join;
        return join.before() == null ? "runs" : "waits";
    }

    @Operation
    public String leave(@Param(name = "thread") int thread) {
        Join join = seats[thread];
        if (join == null) {
            return "has no flight";
        }
        seats[thread] = null;
        return inFlight.leave(join.load()) ? "awaited" : "alone";
    }

    /** When all is quiet, no flight is kept that nobody makes. */
    @Validate
    public void flights_ofNobody_areForgotten() {
        Set<EntryKey> flown = new HashSet<>();
        for (Join join : seats) {
            if (join != null) {
                flown.add(join.load().key);
            }
        }
        if (inFlight.keys() != flown.size()) {
            throw new IllegalStateException(inFlight.keys() + " keys have a flight, and " + flown.size() + " should");
        }
    }
}
