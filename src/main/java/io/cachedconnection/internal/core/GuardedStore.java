package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.Finding.Outcome;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The remote store with its failures made harmless: the only place that turns a failed call into "unreachable". Every
 * call takes its time from the caller's budget, and after a failure the budget is empty. Thread-safe.
 */
final class GuardedStore {

    private final RemoteStore store;
    private final StoreWatch watch;
    private final LongSupplier nanoTime;

    GuardedStore(RemoteStore store, StoreWatch watch, LongSupplier nanoTime) {
        this.store = store;
        this.watch = watch;
        this.nanoTime = nanoTime;
    }

    Finding<byte[]> find(CacheKey key, Budget budget) {
        return guarded(budget, Finding.none(Outcome.UNREACHABLE), nanos -> {
            byte[] payload = store.find(key, nanos);
            return payload == null ? Finding.none(Outcome.MISS) : Finding.hit(payload);
        });
    }

    Reply put(CacheKey key, byte[] payload, Duration ttl, Budget budget) {
        return guarded(budget, Reply.UNREACHABLE, nanos -> {
            store.put(key, payload, ttl, nanos);
            return Reply.YES;
        });
    }

    Reply remove(CacheKey key, Budget budget) {
        return guarded(budget, Reply.UNREACHABLE, nanos -> Reply.of(store.remove(key, nanos)));
    }

    Reply contains(CacheKey key, Budget budget) {
        return guarded(budget, Reply.UNREACHABLE, nanos -> Reply.of(store.contains(key, nanos)));
    }

    private <T> T guarded(Budget budget, T unreachable, Call<T> call) {
        if (budget.left() <= 0) {
            return unreachable;
        }
        long start = nanoTime.getAsLong();
        try {
            T reply = call.within(budget.left());
            budget.spend(nanoTime.getAsLong() - start);
            watch.answered();
            return reply;
        } catch (StoreException e) {
            budget.exhaust();
            watch.failed(e);
            return unreachable;
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        T within(long nanos);
    }
}
