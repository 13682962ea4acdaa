package io.cachedconnection.internal.common;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts and sums of values between fixed bounds. Recording never blocks and allocates no objects, so lookups can afford it
 * with and without a metrics library. Exporters read the numbers at any time. Thread-safe.
 */
public final class Histogram {

    /** Bounds of times in nanoseconds: 0.1 ms to 10 s. They include those of {@code db.client.operation.duration}. */
    private static final long[] TIMES = Arrays.stream(
                    new double[] {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000})
            .mapToLong(millis -> (long) (millis * TimeUnit.MILLISECONDS.toNanos(1)))
            .toArray();

    /** Bounds of sizes in bytes: 64 B to 16 MiB. */
    private static final long[] SIZES = {
        64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20
    };

    private final long[] bounds;
    private final LongAdder[] counts; // one more than bounds, for values above the last one
    private final LongAdder[] sums;

    private Histogram(long[] bounds) {
        this.bounds = bounds;
        this.counts = adders(bounds.length + 1);
        this.sums = adders(bounds.length + 1);
    }

    private static LongAdder[] adders(int number) {
        LongAdder[] adders = new LongAdder[number];
        Arrays.setAll(adders, i -> new LongAdder());
        return adders;
    }

    /** Creates an empty histogram of nanoseconds. */
    public static Histogram ofTimes() {
        return new Histogram(TIMES);
    }

    /** Creates an empty histogram of bytes. */
    public static Histogram ofSizes() {
        return new Histogram(SIZES);
    }

    /** Records {@code value}; a negative one counts as 0. */
    public void record(long value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sums[bucket].add(Math.max(0, value));
    }

    /** Returns the values recorded so far. Concurrent values may be in the counts and not yet in the sums. */
    public Snapshot snapshot() {
        return new Snapshot(
                bounds,
                Arrays.stream(counts).mapToLong(LongAdder::sum).toArray(),
                Arrays.stream(sums).mapToLong(LongAdder::sum).toArray());
    }

    /**
     * A snapshot of a histogram. Immutable as long as its arrays are not modified.
     *
     * @param bounds the upper bounds of the buckets, inclusive; the last bucket has none
     * @param counts how many values are in each bucket
     * @param sums the sum of the values in each bucket
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Snapshot(long[] bounds, long[] counts, long[] sums) {

        /** Returns the number of values. */
        public long count() {
            return Arrays.stream(counts).sum();
        }

        /** Returns the sum of all values. */
        public long sum() {
            return Arrays.stream(sums).sum();
        }

        /** Returns the values of both snapshots, which have the same bounds. */
        public Snapshot plus(Snapshot other) {
            long[] allCounts = counts.clone();
            long[] allSums = sums.clone();
            Arrays.setAll(allCounts, i -> counts[i] + other.counts[i]);
            Arrays.setAll(allSums, i -> sums[i] + other.sums[i]);
            return new Snapshot(bounds, allCounts, allSums);
        }

        /** Returns the values recorded since {@code earlier}. */
        public Snapshot since(Snapshot earlier) {
            long[] newCounts = counts.clone();
            long[] newSums = sums.clone();
            Arrays.setAll(newCounts, i -> counts[i] - earlier.counts[i]);
            Arrays.setAll(newSums, i -> sums[i] - earlier.sums[i]);
            return new Snapshot(bounds, newCounts, newSums);
        }

        /**
         * Returns an estimate of the quantile {@code share} (0 to 1): the upper bound of its bucket, or the mean of the last
         * bucket, which has no bound. 0 without values.
         */
        public long quantile(double share) {
            long rank = (long) Math.ceil(count() * share);
            long seen = 0;
            for (int i = 0; i < counts.length; i++) {
                seen += counts[i];
                if (counts[i] > 0 && seen >= rank) {
                    return i < bounds.length ? bounds[i] : sums[i] / counts[i];
                }
            }
            return 0;
        }
    }
}
