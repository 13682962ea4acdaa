package io.cachedconnection.outages;

import java.util.concurrent.atomic.AtomicLongArray;

/** What the cache stands before: rows with a version each, and next to no work to read or write one. */
final class Repository {

    private static final long WORK = 2_000; // nanoseconds

    private final AtomicLongArray versions;

    Repository(int rows) {
        versions = new AtomicLongArray(rows);
    }

    long load(int row) {
        work();
        return versions.get(row);
    }

    /** The new version. */
    long update(int row) {
        work();
        return versions.incrementAndGet(row);
    }

    private static void work() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < WORK) {
            Thread.onSpinWait();
        }
    }
}
