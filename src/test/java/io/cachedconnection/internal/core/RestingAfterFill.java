package io.cachedconnection.internal.core;

import io.cachedconnection.testing.Gate;

/** A store after whose acceptance of a value the caller has to wait at a gate, once. */
final class RestingAfterFill implements RemoteStore {

    private final RemoteStore real;
    private final Gate gate;

    RestingAfterFill(RemoteStore real, Gate gate) {
        this.real = real;
        this.gate = gate;
    }

    @Override
    public boolean fill(CacheKey key, String token, Entry entry, long nanos) {
        boolean accepted = real.fill(key, token, entry, nanos);
        gate.pass();
        return accepted;
    }

    @Override
    public byte[] find(CacheKey key, long nanos) {
        return real.find(key, nanos);
    }

    @Override
    public Grant acquire(CacheKey key, Claim claim, long nanos) {
        return real.acquire(key, claim, nanos);
    }

    @Override
    public boolean release(CacheKey key, String token, long nanos) {
        return real.release(key, token, nanos);
    }

    @Override
    public void begin(CacheKey key, String write, long nanos) {
        real.begin(key, write, nanos);
    }

    @Override
    public void end(CacheKey key, String write, Outcome outcome, long nanos) {
        real.end(key, write, outcome, nanos);
    }

    @Override
    public boolean endWith(CacheKey key, String write, Entry entry, long nanos) {
        return real.endWith(key, write, entry, nanos);
    }

    @Override
    public boolean put(CacheKey key, Entry entry, long nanos) {
        return real.put(key, entry, nanos);
    }

    @Override
    public boolean remove(CacheKey key, long nanos) {
        return real.remove(key, nanos);
    }

    @Override
    public boolean evict(CacheKey key, long nanos) {
        return real.evict(key, nanos);
    }

    @Override
    public boolean contains(CacheKey key, long nanos) {
        return real.contains(key, nanos);
    }

    @Override
    public void beginAll(KeySpace space, String write, long nanos) {
        real.beginAll(space, write, nanos);
    }

    @Override
    public void endAll(KeySpace space, String write, Outcome outcome, long nanos) {
        real.endAll(space, write, outcome, nanos);
    }

    @Override
    public void close() {
        real.close();
    }
}
