package io.cachedconnection.history;

import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a node asks of the library, to compare it with what the library has counted. Thread-safe. */
final class Tally {

    private static final List<Event> LOOKUPS = List.of(
            Event.NEAR_HIT,
            Event.HIT,
            Event.MISS,
            Event.BYPASS_OFF,
            Event.BYPASS_TRANSACTION,
            Event.BYPASS_UNREACHABLE,
            Event.BYPASS_PENDING_EVICTION);
    private static final List<Event> OUTCOMES = Arrays.stream(Event.values())
            .filter(event -> event.name().startsWith("LOAD_"))
            .toList();

    private final LongAdder lookups = new LongAdder();
    private final LongAdder loads = new LongAdder();

    void lookup() {
        lookups.increment();
    }

    void load() {
        loads.increment();
    }

    /**
     * In what the {@code counters} of all caches differ from this; empty if they agree.
     *
     * @param isVerified whether hits were loaded, too, which are not counted as loads
     */
    String differences(List<CacheCounters> counters, boolean isVerified) {
        long counted = sum(counters, LOOKUPS);
        long ofLoads = sum(counters, List.of(Event.LOAD));
        long outcomes = sum(counters, OUTCOMES);
        boolean areLookupsRight = counted == lookups.sum();
        boolean areLoadsRight = isVerified || ofLoads == loads.sum();
        return areLookupsRight && areLoadsRight && outcomes == ofLoads
                ? ""
                : "lookups " + lookups + ", counted " + counted + "; loads " + loads + ", counted " + ofLoads
                        + ", outcomes " + outcomes;
    }

    private static long sum(List<CacheCounters> counters, List<Event> events) {
        Event[] all = events.toArray(Event[]::new);
        return counters.stream().mapToLong(each -> each.of(all)).sum();
    }
}
