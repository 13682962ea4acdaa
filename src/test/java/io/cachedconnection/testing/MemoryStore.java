package io.cachedconnection.testing;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Claim;
import io.cachedconnection.internal.core.Entry;
import io.cachedconnection.internal.core.Grant;
import io.cachedconnection.internal.core.Grant.Verdict;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.Outcome;
import io.cachedconnection.internal.core.RemoteStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** A store in this JVM's memory: the fake of the unit tests, held to the same contract as Redis. Each step is atomic. */
public final class MemoryStore implements RemoteStore {

    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    private record Stored(byte[] payload, long until) {}

    private record Writing(long deadline, long begun) {}

    private static final class Fence {
        private String lease;
        private long leaseUntil;
        private long evicted = Long.MIN_VALUE;
        private final Map<String, Writing> writers = new HashMap<>();

        void stamp(long at) {
            evicted = Math.max(evicted, at);
        }
    }

    private final Map<CacheKey, Stored> entries = new HashMap<>();
    private final Map<String, Fence> fences = new HashMap<>();
    private final LongSupplier nanoTime;
    private final long start;
    private final long maxTransactionAge;

    public MemoryStore(LongSupplier nanoTime, Duration maxTransactionAge) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.maxTransactionAge = maxTransactionAge.toNanos();
    }

    private long now() {
        return nanoTime.getAsLong() - start; // the clock may overflow, this does not
    }

    private Fence look(String name) {
        Fence fence = fences.computeIfAbsent(name, n -> new Fence());
        Set<Writing> dead = new HashSet<>(fence.writers.values());
        dead.removeIf(writing -> writing.deadline() > now());
        dead.forEach(writing -> fence.stamp(writing.deadline()));
        fence.writers.values().removeAll(dead);
        return fence;
    }

    private Fence own(CacheKey key) {
        return look(key.fence());
    }

    private Fence all(CacheKey key) {
        return look(key.space().fence());
    }

    @Override
    public synchronized byte[] find(CacheKey key, long nanos) {
        Stored stored = entries.get(key);
        return stored == null || now() >= stored.until()
                ? null
                : stored.payload().clone();
    }

    private void store(CacheKey key, Entry entry) {
        entries.put(
                key, new Stored(entry.payload().clone(), now() + entry.life().toNanos()));
    }

    @Override
    public synchronized Grant acquire(CacheKey key, Claim claim, long nanos) {
        byte[] found = find(key, nanos);
        if (found != null) {
            return Grant.present(found);
        }
        Fence own = own(key);
        Fence all = all(key);
        if (own.writers.size() + all.writers.size() > 0) {
            return Grant.of(Verdict.FENCED);
        }
        long settle = claim.settle().toNanos();
        long evicted = Math.max(own.evicted, all.evicted);
        if (settle > 0 && (evicted == Long.MIN_VALUE ? settle >= SINCE_EVER : now() - evicted <= settle)) {
            return Grant.of(Verdict.OLD);
        }
        if (own.lease != null && !own.lease.equals(claim.token()) && own.leaseUntil > now()) {
            return Grant.of(Verdict.BUSY);
        }
        own.lease = claim.token();
        own.leaseUntil = now() + claim.lease().toNanos();
        return Grant.of(Verdict.LEASED);
    }

    private static final long SINCE_EVER = Duration.ofDays(36500).toNanos();

    @Override
    public synchronized boolean fill(CacheKey key, String token, Entry entry, long nanos) {
        if (!release(key, token, nanos)) {
            return false;
        }
        store(key, entry);
        return true;
    }

    @Override
    public synchronized boolean release(CacheKey key, String token, long nanos) {
        Fence own = own(key);
        if (!token.equals(own.lease)) {
            return false;
        }
        own.lease = null;
        return true;
    }

    private Writing writing() {
        return new Writing(now() + maxTransactionAge, now());
    }

    @Override
    public synchronized void begin(CacheKey key, String write, long nanos) {
        entries.remove(key);
        own(key).lease = null;
        own(key).writers.put(write, writing());
    }

    @Override
    public synchronized void end(CacheKey key, String write, Outcome outcome, long nanos) {
        own(key).writers.remove(write);
        if (outcome == Outcome.COMMITTED) {
            evict(key, nanos);
        }
    }

    @Override
    public synchronized boolean endWith(CacheKey key, String write, Entry entry, long nanos) {
        Fence own = own(key);
        Writing mine = own.writers.remove(write);
        boolean alone = mine != null
                && own.writers.size() + all(key).writers.size() == 0
                && Math.max(own.evicted, all(key).evicted) < mine.begun();
        evict(key, nanos);
        if (alone) {
            store(key, entry);
        }
        return alone;
    }

    @Override
    public synchronized boolean put(CacheKey key, Entry entry, long nanos) {
        if (own(key).writers.size() + all(key).writers.size() > 0) {
            return false;
        }
        own(key).lease = null;
        store(key, entry);
        return true;
    }

    @Override
    public synchronized boolean remove(CacheKey key, long nanos) {
        boolean there = contains(key, nanos);
        entries.remove(key);
        return there;
    }

    @Override
    public synchronized boolean evict(CacheKey key, long nanos) {
        own(key).lease = null;
        own(key).stamp(now());
        return remove(key, nanos);
    }

    @Override
    public synchronized boolean contains(CacheKey key, long nanos) {
        return find(key, nanos) != null;
    }

    @Override
    public synchronized void beginAll(KeySpace space, String write, long nanos) {
        look(space.fence()).writers.put(write, writing());
        sweep(space);
    }

    @Override
    public synchronized void endAll(KeySpace space, String write, Outcome outcome, long nanos) {
        if (outcome == Outcome.COMMITTED) {
            sweep(space);
            look(space.fence()).stamp(now());
        }
        look(space.fence()).writers.remove(write);
    }

    private void sweep(KeySpace space) {
        fences.forEach((name, fence) -> {
            if (name.startsWith("{" + space.prefix() + ":")) {
                fence.lease = null;
            }
        });
        entries.keySet().removeIf(key -> key.text().startsWith(space.prefix() + ":"));
    }

    @Override
    public synchronized void close() {
        entries.clear();
        fences.clear();
    }
}
