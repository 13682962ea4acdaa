package io.cachedconnection.testing;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.RemoteStore;
import io.cachedconnection.internal.core.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A store that fails, takes its time or returns garbage on demand, and notes the calls that reach it. */
public final class ChaosStore implements RemoteStore {

    private final RemoteStore real;
    private final List<String> calls = new ArrayList<>();
    private Runnable before = () -> {};
    private UnaryOperator<byte[]> garbling = UnaryOperator.identity();

    public ChaosStore(RemoteStore real) {
        this.real = real;
    }

    /** From now on every call fails for this reason. */
    public void fail(StoreException.Reason reason) {
        before(() -> {
            throw new StoreException(reason, "on demand");
        });
    }

    /** From now on this runs before every call. */
    public void before(Runnable action) {
        before = action;
    }

    /** From now on every payload found is put through this. */
    public void garble(UnaryOperator<byte[]> how) {
        garbling = how;
    }

    /** From now on every call goes well. */
    public void behave() {
        before = () -> {};
        garbling = UnaryOperator.identity();
    }

    /** The names of the calls so far. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    private <T> T noted(String name, Supplier<T> call) {
        calls.add(name);
        before.run();
        return call.get();
    }

    @Override
    public byte[] find(CacheKey key, long nanos) {
        byte[] found = noted("find", () -> real.find(key, nanos));
        return found == null ? null : garbling.apply(found);
    }

    @Override
    public void put(CacheKey key, byte[] payload, Duration ttl, long nanos) {
        noted("put", () -> {
            real.put(key, payload, ttl, nanos);
            return true;
        });
    }

    @Override
    public boolean remove(CacheKey key, long nanos) {
        return noted("remove", () -> real.remove(key, nanos));
    }

    @Override
    public boolean contains(CacheKey key, long nanos) {
        return noted("contains", () -> real.contains(key, nanos));
    }

    @Override
    public void close() {
        real.close();
    }
}
