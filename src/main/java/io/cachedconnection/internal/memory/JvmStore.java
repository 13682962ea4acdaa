package io.cachedconnection.internal.memory;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Invalidation;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.store.WriteStep;
import io.cachedconnection.internal.memory.JvmMemory.Fence;
import io.cachedconnection.internal.memory.JvmMemory.Stored;
import io.cachedconnection.internal.memory.JvmMemory.Writing;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores values in the memory of this JVM, under the same protocol as in Redis: each step does the work of the script of the
 * same name. Every step is atomic and never fails; it holds one lock. Thread-safe.
 */
public class JvmStore implements RemoteStore {

    private static final Duration LEAST_FENCE_LIFE = ProtocolSettings.defaults()
            .maxTransactionAge(); // the default age, for an application with the default that shares the memory
    private static final long MILLISECOND = 1_000_000;

    private final JvmMemory memory;
    private final Runnable release;
    private final long longestTransaction;
    private final long fenceLife;
    private @Nullable InvalidationListener listener; // guarded by the lock of the memory, like the next field
    private boolean isClosed;

    JvmStore(JvmMemory memory, Runnable release, Duration maxTransactionAge, Duration fenceLife) {
        this.memory = memory;
        this.release = release;
        longestTransaction = maxTransactionAge.toNanos();
        this.fenceLife = fenceLife.toNanos();
    }

    /**
     * Creates a store in the memory of this name, which lives as long as a store in it is open, or in a private memory.
     *
     * @param name the name of the memory; empty for a private one
     * @param settle the largest age of the data that a load reads; a fence lives this much longer than the last moment it
     *     guards, and at least as long as an application with other settings may need
     */
    public static JvmStore of(String name, Duration maxTransactionAge, Duration settle) {
        Duration fenceLife = settle.compareTo(LEAST_FENCE_LIFE) < 0 ? LEAST_FENCE_LIFE : settle;
        return name.isEmpty()
                ? new JvmStore(new JvmMemory(), () -> {}, maxTransactionAge, fenceLife)
                : new JvmStore(Named.hold(name), () -> Named.release(name), maxTransactionAge, fenceLife);
    }

    /** A named memory and the number of its open stores. */
    private record Named(JvmMemory memory, int stores) {

        private static final Map<String, Named> ALL = new ConcurrentHashMap<>();

        static JvmMemory hold(String name) {
            return ALL.compute(
                            name,
                            (same, held) -> held == null
                                    ? new Named(new JvmMemory(), 1)
                                    : new Named(held.memory, held.stores + 1))
                    .memory;
        }

        static void release(String name) {
            ALL.computeIfPresent(
                    name, (same, held) -> held.stores == 1 ? null : new Named(held.memory, held.stores - 1));
        }
    }

    /** Runs {@code step} atomically and returns its result. */
    <T extends @Nullable Object> T atomically(Supplier<T> step) {
        memory.lock.lock();
        try {
            return step.get();
        } finally {
            memory.lock.unlock();
        }
    }

    /** Runs {@code step} atomically. */
    void atomically(Runnable step) {
        memory.lock.lock();
        try {
            step.run();
        } finally {
            memory.lock.unlock();
        }
    }

    @Override
    public byte @Nullable [] find(EntryKey key, long nanos) {
        return atomically(() -> current(key));
    }

    @Override
    public @Nullable StoredEntry findEntry(EntryKey key, long nanos) {
        return atomically(() -> {
            @Nullable InvalidationListener hearing = listener;
            if (hearing != null) {
                memory.prove(hearing); // a near entry without a proof is looked up here
            }
            byte @Nullable [] found = current(key);
            Stored stored = memory.find(key.text());
            return found == null || stored == null
                    ? null
                    : new StoredEntry(found, Duration.ofNanos(stored.until() - memory.now()));
        });
    }

    /** Returns the bytes under {@code key} if they carry the current stamps. */
    private byte @Nullable [] current(EntryKey key) {
        byte @Nullable [] found = held(key);
        boolean isOutdated = found != null && !key.tags().isEmpty() && Stamps.outdate(found, stamps(key));
        return isOutdated ? null : found;
    }

    private byte @Nullable [] held(EntryKey key) {
        Stored stored = memory.find(key.text());
        return stored == null || stored.payload().length == 0
                ? null
                : Arrays.copyOf(stored.payload(), Math.min(stored.payload().length, StoredEntry.MOST_BYTES + 1));
    }

    /** Returns the stamps of the tags of {@code key}; null if one is missing. */
    private @Nullable Stamps stamps(EntryKey key) {
        List<byte @Nullable []> stamps = new ArrayList<>(key.tags().size());
        key.tags().forEach(tag -> stamps.add(held(tag)));
        return Stamps.of(stamps);
    }

    /** Returns the stamps of the tags of {@code key} and extends their life to at least {@code life}; creates missing ones. */
    private Stamps stamped(EntryKey key, Duration life) {
        byte[] all = new byte[key.tags().size() * Stamps.BYTES];
        for (int i = 0; i < key.tags().size(); i++) {
            EntryKey tag = key.tags().get(i);
            long least = memory.now() + life.toNanos();
            Stored stored = memory.find(tag.text());
            byte[] stamp;
            if (stored == null || stored.payload().length != Stamps.BYTES) {
                stamp = ByteBuffer.allocate(Stamps.BYTES)
                        .putLong(memory.nextStamp())
                        .array();
                memory.put(tag.text(), stamp, least + life.toNanos());
            } else {
                stamp = stored.payload();
                if (stored.until() < least) {
                    memory.entries.put(
                            tag.text(), new Stored(stamp, least + life.toNanos())); // does not change the stamp
                }
            }
            System.arraycopy(stamp, 0, all, i * Stamps.BYTES, Stamps.BYTES);
        }
        return Stamps.of(all);
    }

    private void store(EntryKey key, StoredEntry entry) {
        memory.put(
                key.text(), entry.payload().clone(), memory.now() + entry.life().toNanos());
    }

    /** Returns the fence of this name unchanged, including dead writers; an empty one if there is none. */
    Fence asLeft(String name) {
        Fence fence = memory.fences.get(name);
        if (fence != null && fence.until <= memory.now()) {
            memory.fences.remove(name);
            fence = null;
        }
        return fence == null ? new Fence(name) : fence;
    }

    /**
     * Returns the fence of this name. A writer past its deadline has died and may have committed, so it counts as an eviction.
     */
    Fence look(String name) {
        Fence fence = asLeft(name);
        long now = memory.now();
        fence.writers.values().removeIf(writing -> {
            boolean isDead = writing.deadline() <= now;
            if (isDead) {
                fence.evictedAt(writing.deadline());
            }
            return isDead;
        });
        return fence;
    }

    /** Extends the life of the fence until its content no longer matters. Never shortens a life set by another application. */
    void keep(Fence fence, long life) {
        long last = Math.max(memory.now(), fence.evicted);
        if (fence.lease != null) {
            last = Math.max(last, fence.leaseUntil);
        }
        for (Writing writing : fence.writers.values()) {
            last = Math.max(last, writing.deadline());
        }
        long end = last + life + MILLISECOND;
        fence.until = fence.until == Long.MAX_VALUE ? end : Math.max(fence.until, end);
        memory.put(fence);
    }

    private void dropLease(Fence fence) {
        fence.lease = null;
        forgetIfEmpty(fence);
    }

    private @Nullable Writing removeWriter(Fence fence, String write) {
        @Nullable Writing writing = fence.writers.remove(write);
        forgetIfEmpty(fence);
        return writing;
    }

    void forgetIfEmpty(Fence fence) {
        if (fence.isEmpty()) {
            fence.until = Long.MAX_VALUE;
            memory.fences.remove(fence.name);
        }
    }

    /** Returns the fences that guard more than the key: those of its cache, of each tag and of all tags. */
    private List<Fence> others(EntryKey key) {
        List<Fence> all = new ArrayList<>(1 + 2 * key.tags().size());
        all.add(look(key.space().fence()));
        for (EntryKey tag : key.tags()) {
            all.add(look(tag.fence()));
            all.add(look(tag.space().fence()));
        }
        return all;
    }

    private boolean areWritten(List<Fence> fences) {
        return memory.isWrittenInLost() || fences.stream().anyMatch(fence -> !fence.writers.isEmpty());
    }

    private long lastEvicted(Fence own, List<Fence> others) {
        long last = Math.max(own.evicted, memory.evictedInLost());
        for (Fence fence : others) {
            last = Math.max(last, fence.evicted);
        }
        return last;
    }

    @Override
    public LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
        return atomically(() -> {
            byte @Nullable [] found = current(key);
            if (found != null) {
                return LeaseResult.present(found);
            }
            Fence own = look(key.fence());
            List<Fence> others = others(key);
            if (!own.writers.isEmpty() || areWritten(others)) {
                return LeaseResult.of(Verdict.FENCED);
            }
            long now = memory.now();
            long settle = request.settle().toNanos();
            if (settle > 0 && now - Math.max(lastEvicted(own, others), memory.began()) <= settle) {
                return LeaseResult.of(Verdict.OLD);
            }
            if (own.lease != null && !own.lease.equals(request.token()) && own.leaseUntil > now) {
                return LeaseResult.of(Verdict.BUSY);
            }
            own.lease = request.token();
            own.leaseUntil = now + request.lease().toNanos();
            keep(own, fenceLife);
            return LeaseResult.leased(stamped(key, request.life()));
        });
    }

    @Override
    public boolean isUntouched(EntryKey key, Duration past, long nanos) {
        return atomically(() -> {
            Fence own = look(key.fence());
            List<Fence> others = others(key);
            long last = Math.max(lastEvicted(own, others), memory.began());
            return own.writers.isEmpty() && !areWritten(others) && memory.now() - last > past.toNanos();
        });
    }

    @Override
    public boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos) {
        return atomically(() -> {
            boolean isHeld = release(key, token, nanos);
            boolean isOutdated = !key.tags().isEmpty() && Stamps.outdate(storedEntry.payload(), stamps(key));
            if (isHeld && !isOutdated) {
                store(key, storedEntry);
            }
            return isHeld && !isOutdated;
        });
    }

    @Override
    public boolean release(EntryKey key, String token, long nanos) {
        return atomically(() -> {
            Fence own = asLeft(key.fence());
            boolean isHeld = token.equals(own.lease);
            if (isHeld) {
                dropLease(own);
            }
            return isHeld;
        });
    }

    @Override
    public void begin(EntryKey key, String write, long nanos) {
        atomically(() -> {
            memory.drop(key.text());
            Fence own = asLeft(key.fence());
            dropLease(own);
            announce(own, write, lifeOfFence(key));
        });
    }

    /**
     * Returns the life of a fence; twice as long for a key with tags, because a put looks back from its announcement and may
     * end as much later without touching the tag.
     */
    private long lifeOfFence(EntryKey key) {
        return key.space().isOfTags() ? 2 * fenceLife : fenceLife;
    }

    /** Announces a write. A second announcement is a late copy of the first: the write began with the first. */
    private void announce(Fence fence, String write, long life) {
        Writing earlier = fence.writers.get(write);
        long now = memory.now();
        if (earlier == null
                && fence.writers.size()
                        >= JvmMemory.MOST_WRITERS) { // the writers are merged into one with the latest deadline
            long last = Collections.max(
                    fence.writers.values().stream().map(Writing::deadline).toList());
            fence.writers.clear();
            fence.writers.put("?", new Writing(Math.max(last, now + fenceLife), now));
        }
        fence.writers.put(write, new Writing(now + longestTransaction, earlier == null ? now : earlier.begun()));
        keep(fence, life);
    }

    @Override
    public void end(EntryKey key, String write, Outcome outcome, long nanos) {
        atomically(() -> {
            removeWriter(asLeft(key.fence()), write);
            return outcome == Outcome.COMMITTED && evict(key, nanos);
        });
    }

    @Override
    public boolean endWith(EntryKey key, String write, Duration settle, StoredEntry storedEntry, long nanos) {
        return atomically(() -> {
            Fence own = look(key.fence());
            List<Fence> others = others(key);
            @Nullable Writing mine = removeWriter(own, write);
            boolean isAlone = false;
            if (mine != null && own.writers.isEmpty() && !areWritten(others)) {
                long known = mine.begun() - settle.toNanos();
                isAlone = lastEvicted(own, others) < known && (settle.isZero() || memory.began() < known);
            }
            evict(key, nanos);
            if (isAlone) {
                store(key, storedEntry.with(stamped(key, storedEntry.life())));
            }
            return isAlone;
        });
    }

    @Override
    public List<Response<Boolean>> steps(List<WriteStep> steps, long nanos) {
        return steps.stream()
                .map(step -> Response.of(Invalidation.take(step, this, nanos)))
                .toList();
    }

    @Override
    public boolean remove(EntryKey key, long nanos) {
        return atomically(() -> {
            boolean isThere = current(key) != null;
            memory.drop(key.text());
            return isThere;
        });
    }

    @Override
    public boolean evict(EntryKey key, long nanos) {
        return atomically(() -> {
            Fence own = look(key.fence());
            dropLease(own);
            own.evictedAt(memory.now());
            keep(own, lifeOfFence(key));
            return remove(key, nanos);
        });
    }

    @Override
    public boolean contains(EntryKey key, long nanos) {
        return atomically(() -> current(key) != null);
    }

    @Override
    public void beginAll(KeySpace space, String write, long nanos) {
        announceAll(space, write);
        dropLeases(space);
        dropValues(space);
    }

    @Override
    public void endAll(KeySpace space, String write, Outcome outcome, long nanos) {
        if (outcome == Outcome.COMMITTED) {
            beginAll(space, write, nanos);
        }
        concludeAll(space, write, outcome);
    }

    /** First part of an eviction of a whole cache: from now on no load of the cache is stored. */
    void announceAll(KeySpace space, String write) {
        atomically(() -> {
            announce(asLeft(space.fence()), write, 2 * fenceLife);
        });
    }

    /** Second part: removes all leases. */
    void dropLeases(KeySpace space) {
        atomically(() -> {
            List<Fence> leased = memory.fences.values().stream()
                    .filter(fence -> fence.lease != null && space.holdsFence(fence.name))
                    .toList();
            leased.forEach(this::dropLease);
        });
    }

    /** Third part: removes all values. */
    void dropValues(KeySpace space) {
        atomically(() -> {
            List<String> doomed =
                    memory.entries.keySet().stream().filter(space::holds).toList();
            doomed.forEach(memory::drop);
        });
    }

    /** Last part of an eviction of a whole cache: ends the write. */
    void concludeAll(KeySpace space, String write, Outcome outcome) {
        atomically(() -> {
            removeWriter(asLeft(space.fence()), write);
            if (outcome == Outcome.COMMITTED) {
                Fence fence = look(space.fence());
                fence.evictedAt(memory.now());
                keep(fence, 2 * fenceLife);
            }
        });
    }

    @Override
    public void hear(Set<String> prefixes, InvalidationListener invalidationListener) {
        atomically(() -> {
            if (!isClosed) { // otherwise a named memory would retain an application that has ended
                listener = invalidationListener;
                memory.hear(prefixes, invalidationListener);
            }
        });
    }

    @Override
    public boolean isAnswering(Target target) {
        return true;
    }

    @Override
    public boolean isCalm() {
        return true;
    }

    /** Has nothing to probe; removes expired entries from time to time. */
    @Override
    public void revive(long nanos) {
        atomically(() -> {
            memory.sweepIfDue();
            @Nullable InvalidationListener hearing = listener;
            if (hearing != null) {
                memory.prove(hearing);
            }
        });
    }

    @Override
    public void close() {
        atomically(() -> {
            @Nullable InvalidationListener hearing = listener;
            if (hearing != null) {
                memory.forget(hearing);
                hearing.lost();
            }
            listener = null;
            if (!isClosed) {
                isClosed = true;
                release.run();
            }
        });
    }
}
