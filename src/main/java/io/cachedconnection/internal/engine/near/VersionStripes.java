package io.cachedconnection.internal.engine.near;

import io.cachedconnection.internal.engine.store.EntryKey;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often something under a key has changed, as far as this node has heard. Keys share counters, so that their number does
 * not matter: a change of one looks like a change of all that share its counter, which costs those one read of Redis and
 * nothing else. Thread-safe.
 */
final class VersionStripes {

    private static final int FEWEST = 1 << 14; // 128 KiB
    private static final int MOST = 1 << 22; // 32 MiB

    private final AtomicLongArray counts;

    /** Counters for about this many entries: twice as many, rounded up to a power of two, so that few share one. */
    VersionStripes(long entries) {
        counts = new AtomicLongArray(wanted(entries));
    }

    private static int wanted(long entries) {
        long wanted = entries == 0 ? 1 : Math.max(FEWEST, Math.min(MOST, entries * 2));
        return (int) Long.highestOneBit(wanted * 2 - 1);
    }

    /** Whether there are enough for this many entries. */
    boolean suffice(long entries) {
        return counts.length() >= wanted(entries);
    }

    /** The counters of {@code key} and of its tags. */
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
        // Keys often end in consecutive numbers: Knuth's multiplicative hashing spreads them; its high bits are the
        // good ones.
        return ((hash * 0x9E3779B9) >>> 8) & (counts.length() - 1);
    }

    /** What these counters say, in sum. */
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
