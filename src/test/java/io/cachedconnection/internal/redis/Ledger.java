package io.cachedconnection.internal.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows behind a cache, each of them a version only, and what lookups have seen of them that they must not. Thread-safe. */
final class Ledger {

    static final int KEYS = 8;
    private static final int SAMPLES = 10;

    private final AtomicLongArray committed = new AtomicLongArray(KEYS);
    private final AtomicLongArray floors = new AtomicLongArray(KEYS);
    private final AtomicLong loads = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final List<String> samples = new CopyOnWriteArrayList<>();

    Stamped load(int key) {
        loads.incrementAndGet();
        return new Stamped(key, committed.get(key));
    }

    Stamped commit(int key) {
        return new Stamped(key, committed.incrementAndGet(key));
    }

    /** The write that made {@code row} has returned, and is to be seen by each lookup from now on. */
    void returned(Stamped row) {
        floors.accumulateAndGet(row.key(), row.version(), Math::max);
    }

    /** The least version that a lookup may see which begins now. */
    long floor(int key) {
        return floors.get(key);
    }

    /** A lookup of {@code key}, which began at {@code floor}, has seen {@code row}. */
    void saw(int key, long floor, @Nullable Stamped row) {
        seen.incrementAndGet();
        if (row == null || row.key() != key) {
            note("row " + key + " was asked for, and " + row + " the answer");
        } else if (row.version() < floor || row.version() > committed.get(key)) {
            note(row + " was seen, which is not of at least version " + floor);
        }
    }

    /** A lookup has found bytes that were changed on the way, and knows it. */
    void sawNothing() {
        unreadable.incrementAndGet();
    }

    /** A write was refused because Redis could not be told of it. */
    void refused() {
        refused.incrementAndGet();
    }

    private void note(String sample) {
        wrong.incrementAndGet();
        if (samples.size() < SAMPLES) {
            samples.add(sample);
        }
    }

    /** How many rows were loaded. */
    long loads() {
        return loads.get();
    }

    /** How many values were seen. */
    long seen() {
        return seen.get();
    }

    /** How many of them must not have been. */
    long wrong() {
        return wrong.get();
    }

    /** The first of those. */
    List<String> samples() {
        return List.copyOf(samples);
    }

    @Override
    public String toString() {
        return "%d seen, %d of them wrong, %d unreadable, %d loads, %d writes, %d refused"
                .formatted(seen(), wrong(), unreadable.get(), loads(), writes(), refused.get());
    }

    private long writes() {
        return IntStream.range(0, KEYS).mapToLong(committed::get).sum();
    }
}
