package io.cachedconnection.outages;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** What became of the calls, counted while it is asked to. Thread-safe. */
final class Tally {

    private final AtomicLongArray committed = new AtomicLongArray(Rows.ALL);
    private final AtomicInteger fromRedis = new AtomicInteger();
    private final AtomicInteger fromRepository = new AtomicInteger();
    private final AtomicInteger old = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger threw = new AtomicInteger();
    private volatile boolean counting;

    void count(boolean on) {
        counting = on;
    }

    /** The version that a lookup of {@code row} which begins now must see, or a later one. */
    long committed(int row) {
        return committed.get(row);
    }

    void answered(boolean byRedis, boolean isCurrent) {
        if (!isCurrent) {
            old.incrementAndGet(); // always: there is no time at which that is right
        }
        if (counting) {
            (byRedis ? fromRedis : fromRepository).incrementAndGet();
        }
    }

    void written(int row, long version) {
        committed.accumulateAndGet(row, version, Math::max);
        if (counting) {
            written.incrementAndGet();
        }
    }

    void threw(Exception e) {
        if (threw.getAndIncrement() == 0) {
            e.printStackTrace(System.out);
        }
    }

    int fromRedis() {
        return fromRedis.get();
    }

    int fromRepository() {
        return fromRepository.get();
    }

    int old() {
        return old.get();
    }

    int written() {
        return written.get();
    }

    int threw() {
        return threw.get();
    }

    @Override
    public String toString() {
        return "fromRedis=" + fromRedis + " fromRepository=" + fromRepository + " old=" + old + " written=" + written
                + " threw=" + threw;
    }
}
