package io.cachedconnection.internal.engine.near;

import io.cachedconnection.internal.engine.store.EntryKey;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the changes of keys that this node has heard. Keys share counters, so any number of keys is possible: a change of one
 * key looks like a change of all keys of its counter, and costs each of them one read of Redis. Thread-safe.
 */
final class VersionStripes {

    private static final int FEWEST = 1 << 14; // 128 KiB
    private static final int MOST = 1 << 22; // 32 MiB

    private final AtomicLongArray counts;

    /** Creates twice as many counters as entries, rounded up to a power of two, so that few entries share one. */
    VersionStripes(long entries) {
        counts = new AtomicLongArray(wanted(entries));
    }

    private static int wanted(long entries) {
        long wanted = entries == 0 ? 1 : Math.max(FEWEST, Math.min(MOST, entries * 2));
        return (int) Long.highestOneBit(wanted * 2 - 1);
    }

    /** Whether there are enough counters for this many entries. */
    boolean suffice(long entries) {
        return counts.length() >= wanted(entries);
    }

    /** Returns the counters of {@code key} and of its tags. */
    int[] of(EntryKey key) {
        int[] stripes = new int[key.tags().size() + 1];
        stripes[0] = stripe(key.text());
        for (int i = 1; i < stripes.length; i++) {
            stripes[i] = stripe(key.tags().get(i - 1).text());
        }
        return stripes;
    }

    int stripe(String key) {
        int hash = key.hashCode();
        // Keys often end in consecutive numbers. Knuth's multiplicative hashing spreads them, best in its high bits.
        return ((hash * 0x9E3779B9) >>> 8) & (counts.length() - 1);
    }

    /** Returns the sum of these counters. */
    long sum(int[] stripes) {
        long sum = 0;
        for (int stripe : stripes) {
            sum += counts.get(stripe);
        }
        return sum;
    }

    void count(String key) {
        counts.incrementAndGet(stripe(key));
    }
}
