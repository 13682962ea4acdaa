package io.cachedconnection.outages;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Calls of one thread: when each began, and how long it took. Written by that thread, read when it has ended. */
final class Samples {

    private long[] starts = new long[1 << 12];
    private long[] durations = new long[1 << 12];
    private int size;

    void add(long start, long nanos) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            durations = Arrays.copyOf(durations, 2 * size);
        }
        starts[size] = start;
        durations[size] = nanos;
        size++;
    }

    /** What the calls took that began from {@code from} on and before {@code to}. */
    LongStream between(long from, long to) {
        return IntStream.range(0, size)
                .filter(i -> starts[i] - from >= 0 && starts[i] - to < 0)
                .mapToLong(i -> durations[i]);
    }

    /** What the first {@code number} calls took that were not over at {@code moment}. */
    LongStream firstAfter(long moment, int number) {
        return IntStream.range(0, size)
                .filter(i -> starts[i] + durations[i] - moment >= 0)
                .limit(number)
                .mapToLong(i -> durations[i]);
    }
}
