package io.cachedconnection.testing;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.RemoteStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A store in this JVM's memory: the fake of the unit tests, held to the same contract as Redis. */
public final class MemoryStore implements RemoteStore {

    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    private record Stored(byte[] payload, long until) {}

    private final Map<CacheKey, Stored> entries = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    public MemoryStore(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public byte[] find(CacheKey key, long nanos) {
        Stored stored = entries.get(key);
        return stored == null || nanoTime.getAsLong() >= stored.until()
                ? null
                : stored.payload().clone();
    }

    @Override
    public void put(CacheKey key, byte[] payload, Duration ttl, long nanos) {
        entries.put(key, new Stored(payload.clone(), nanoTime.getAsLong() + ttl.toNanos()));
    }

    @Override
    public boolean remove(CacheKey key, long nanos) {
        boolean there = contains(key, nanos);
        entries.remove(key);
        return there;
    }

    @Override
    public boolean contains(CacheKey key, long nanos) {
        return find(key, nanos) != null;
    }

    @Override
    public void close() {
        entries.clear();
    }
}
