package io.cachedconnection.outages;

import java.util.stream.LongStream;

/**
 * How a number of durations is spread, in nanoseconds.
 *
 * @param calls how many
 */
record Spread(int calls, long p50, long p99, long p999, long max) {

    static Spread of(LongStream durations) {
        long[] sorted = durations.sorted().toArray();
        return new Spread(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
    }

    private static long at(long[] sorted, double part) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }

    /** What this is more than {@code base}, quantile by quantile; nothing where it is less. */
    Spread above(Spread base) {
        return new Spread(
                calls,
                Math.max(0, p50 - base.p50),
                Math.max(0, p99 - base.p99),
                Math.max(0, p999 - base.p999),
                Math.max(0, max - base.max));
    }
}
