package io.cachedconnection.outages;

import java.util.concurrent.TimeUnit;

/**
 * What one fault did to callers. Durations are in nanoseconds and are those above what the same calls took without a cache,
 * in the same threads at the same time.
 *
 * @param threads how many called
 * @param first the lookups that met the fault first: of each thread one, or five of a single one
 * @param lasting the lookups from one second after the fault began until it ended
 * @param lookups all lookups from the fault until all was normal again
 * @param writes all writes of that time
 * @param control what asking a Redis took that was well all the time: how busy the machine was
 * @param openCost what a lookup costs late in the fault more than one with the cache switched off; {@link #NONE} if
 *     that was not measured
 * @param normalMillis how long after the end of the fault all lookups were answered by Redis again; of a fault that is over
 *     at once, how long after its begin; negative if that did not happen
 * @param seconds how long it was listened to what is logged
 * @param tally what was answered
 * @param warnings what was logged
 */
record Measured(
        int threads,
        Spread first,
        Spread lasting,
        Spread lookups,
        Spread writes,
        Spread control,
        long openCost,
        long normalMillis,
        long seconds,
        Tally tally,
        Warnings warnings) {

    static final long NONE = Long.MIN_VALUE;

    private static final long BUSY = TimeUnit.MILLISECONDS.toNanos(10);

    /** Whether the machine had so much else to do that this says little. */
    boolean isOnBusyMachine() {
        return control.p999() > BUSY;
    }
}
