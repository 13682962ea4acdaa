package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.read.InFlightLoad.LoadingThread;
import io.cachedconnection.internal.engine.read.InFlightLoads.Join;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/** Callers that join loads and leave them, each thread with one at a time; {@link Timetable} says what they get. */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "key", gen = IntGen.class, conf = "0:1")
public final class Joining {

    private static final KeySpace SPACE = KeySpace.of("c", "");
    private static final List<EntryKey> KEYS = List.of(SPACE.key("0"), SPACE.key("1"));

    private final InFlightLoads inFlight = new InFlightLoads();
    private final Join[] joins = new Join[Timetable.THREADS];

    @Operation
    public String join(@Param(name = "thread") int thread, @Param(name = "key") int key) {
        if (joins[thread] != null) {
            return "has a load";
        }
        Join join = inFlight.join(KEYS.get(key), new LoadingThread());
        if (!join.isLoader()) {
            return "joined";
        }
        joins[thread] = join;
        return join.before() == null ? "runs" : "waits";
    }

    @Operation
    public String leave(@Param(name = "thread") int thread) {
        Join join = joins[thread];
        if (join == null) {
            return "has no load";
        }
        joins[thread] = null;
        return inFlight.leave(join.load()) ? "awaited" : "alone";
    }

    /** When all is quiet, no load is kept that no thread makes. */
    @Validate
    public void loads_thatNoThreadMakes_areForgotten() {
        Set<EntryKey> loaded = new HashSet<>();
        for (Join join : joins) {
            if (join != null) {
                loaded.add(join.load().key);
            }
        }
        if (inFlight.keys() != loaded.size()) {
            throw new IllegalStateException(inFlight.keys() + " keys have a load, and " + loaded.size() + " should");
        }
    }
}
