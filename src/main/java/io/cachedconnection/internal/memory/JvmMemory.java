package io.cachedconnection.internal.memory;

import io.cachedconnection.internal.engine.store.InvalidationListener;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The values, stamps and fences that stores of this JVM share. It holds bytes and texts. Of the applications it holds only
 * their listeners, until their store closes. {@link #lock} guards all its state.
 *
 * <p>It is bounded. A dropped value or stamp costs one miss. A dropped fence leaves a conservative record for all keys: the
 * time of its last eviction and, if it has announced writes, the latest deadline of them.
 */
class JvmMemory {

    /** The largest number of values and stamps. */
    static final int MOST_ENTRIES = 100_000;

    /** The largest size of all values, stamps and their keys: 64 MiB. */
    static final long MOST_BYTES = 64L << 20;

    /** The largest number of fences: about as many loads and writes as happen within {@code max-transaction-age}. */
    static final int MOST_FENCES = 100_000;

    /** The largest number of writes that a fence distinguishes. */
    static final int MOST_WRITERS = 2_000;

    /** A moment before all others. */
    static final long NEVER = Long.MIN_VALUE;

    private static final float LOAD_FACTOR = 0.75f;
    private static final long SWEEP_INTERVAL = TimeUnit.SECONDS.toNanos(10);

    /** A value or a stamp that expires at {@code until}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(byte[] payload, long until) {}

    /** A write announced at {@code begun}. It counts as an eviction at {@code deadline} unless it ends earlier. */
    record Writing(long deadline, long begun) {}

    /** Guards a key, a tag or a cache. */
    static final class Fence {

        final String name;
        final Map<String, Writing> writers = new HashMap<>(2);

        @Nullable String lease;

        long leaseUntil;
        long evicted = NEVER;
        long until = Long.MAX_VALUE; // never expires until it has content

        Fence(String name) {
            this.name = name;
        }

        void evictedAt(long moment) {
            evicted = Math.max(evicted, moment);
        }

        boolean isEmpty() {
            return lease == null && evicted == NEVER && writers.isEmpty();
        }
    }

    final ReentrantLock lock = new ReentrantLock();
    final Map<String, Stored> entries = new LinkedHashMap<>(16, LOAD_FACTOR, true); // least recently used first
    final Map<String, Fence> fences = new LinkedHashMap<>(16, LOAD_FACTOR, true);
    private final Map<InvalidationListener, Set<String>> listeners = new LinkedHashMap<>();
    private final LongSupplier nanoTime;
    private final long start;
    private final long began;
    private long evictedInLost = NEVER; // the latest eviction in a dropped fence
    private long writtenInLost = NEVER; // the latest deadline in a dropped fence
    private long bytes;
    private long sweptAt;
    private long stampsMade;

    /** Creates an empty memory that uses {@link System#nanoTime}. */
    JvmMemory() {
        this(System::nanoTime, System.nanoTime(), 0);
    }

    /**
     * Creates an empty memory.
     *
     * @param start the reading of the clock at moment 0
     * @param began the moment since which the memory knows every eviction
     */
    JvmMemory(LongSupplier nanoTime, long start, long began) {
        this.nanoTime = nanoTime;
        this.start = start;
        this.began = began;
    }

    /** Returns the current moment in nanoseconds. Unlike {@link System#nanoTime}, it does not overflow. */
    long now() {
        return nanoTime.getAsLong() - start;
    }

    /** Returns the moment since which the memory knows every eviction. */
    long began() {
        return began;
    }

    /** Returns the latest eviction in a dropped fence, which may concern any key; {@link #NEVER} if there is none. */
    long evictedInLost() {
        return writtenInLost <= now() ? Math.max(evictedInLost, writtenInLost) : evictedInLost;
    }

    /** Tells whether a write of any key may be under way, because its fence was dropped. */
    boolean isWrittenInLost() {
        return writtenInLost > now();
    }

    /** Returns a number that no earlier stamp of this memory has. */
    long nextStamp() {
        return ++stampsMade;
    }

    /** Returns the bytes under {@code key}, which the caller must not change; null if there are none or they have expired. */
    @Nullable Stored find(String key) {
        Stored stored = entries.get(key);
        if (stored != null && now() >= stored.until()) {
            drop(key);
            return null;
        }
        return stored;
    }

    /**
     * Stores {@code payload} under {@code key} and takes ownership of it. Drops the least recently used entries if the memory
     * is full.
     */
    void put(String key, byte[] payload, long until) {
        drop(key);
        entries.put(key, new Stored(payload, until));
        bytes += size(key, payload);
        changed(key);
        if (isTooMuch() && now() - sweptAt > SWEEP_INTERVAL) {
            sweep();
        }
        while (isTooMuch()) {
            drop(entries.keySet().iterator().next());
        }
    }

    private boolean isTooMuch() {
        return entries.size() > MOST_ENTRIES || bytes > MOST_BYTES;
    }

    private static long size(String key, byte[] payload) {
        return (long) key.length() + payload.length;
    }

    /**
     * Removes the entry under {@code key} and notifies the listeners, even if it has expired: near caches that hold it get no
     * later notice.
     */
    void drop(String key) {
        Stored gone = entries.remove(key);
        if (gone != null) {
            bytes -= size(key, gone.payload());
            changed(key);
        }
    }

    /** Stores or replaces {@code fence}. Drops others if there are too many, first those without announced writes. */
    void put(Fence fence) {
        fences.put(fence.name, fence);
        if (fences.size() <= MOST_FENCES) {
            return;
        }
        int wanted = MOST_FENCES - MOST_FENCES / 10; // drops a tenth, so that this happens rarely
        for (boolean isWritten : new boolean[] {false, true}) {
            Iterator<Fence> eldest = fences.values().iterator();
            while (fences.size() > wanted && eldest.hasNext()) {
                Fence each = eldest.next();
                if (each != fence && (isWritten || each.writers.isEmpty())) {
                    eldest.remove();
                    lose(each);
                }
            }
        }
    }

    private void lose(Fence fence) {
        long now = now();
        if (fence.until <= now) {
            return;
        }
        evictedInLost = Math.max(evictedInLost(), fence.evicted);
        for (Writing writing : fence.writers.values()) {
            if (writing.deadline() > now) {
                writtenInLost = Math.max(writtenInLost, writing.deadline());
            } else { // the writer has died
                evictedInLost = Math.max(evictedInLost, writing.deadline());
            }
        }
    }

    /** Removes expired entries, unless that was done a short time ago. */
    void sweepIfDue() {
        if (now() - sweptAt > SWEEP_INTERVAL) {
            sweep();
        }
    }

    private void sweep() {
        sweptAt = now();
        entries.entrySet().removeIf(each -> {
            boolean isOver = sweptAt >= each.getValue().until();
            if (isOver) {
                bytes -= size(each.getKey(), each.getValue().payload());
                changed(each.getKey());
            }
            return isOver;
        });
        fences.values().removeIf(fence -> fence.until <= sweptAt);
    }

    /** Notifies {@code listener} of every change to keys under {@code prefixes}, which replace its earlier prefixes. */
    void hear(Set<String> prefixes, InvalidationListener listener) {
        listeners.put(listener, Set.copyOf(prefixes));
        listener.began(Set.copyOf(prefixes), nanoTime.getAsLong());
    }

    /** Removes {@code listener}. */
    void forget(InvalidationListener listener) {
        listeners.remove(listener);
    }

    /** Notifies the listeners of a change, before the step returns to the writer. */
    void changed(String key) {
        listeners.forEach((listener, prefixes) -> {
            for (String prefix : prefixes) {
                if (key.startsWith(prefix)) {
                    listener.changed(key);
                    return;
                }
            }
        });
    }

    /** Proves to {@code listener} that it has received all changes before now. They are delivered synchronously. */
    void prove(InvalidationListener listener) {
        listener.proven(nanoTime.getAsLong());
    }
}
