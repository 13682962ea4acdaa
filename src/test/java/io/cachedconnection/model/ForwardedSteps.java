package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.testing.PartedStore;
import java.time.Duration;
import java.util.Set;

/** The atomic steps of a store, which another one takes. */
interface ForwardedSteps extends PartedStore {

    /** That other one. */
    RemoteStore plain();

    @Override
    default byte[] find(EntryKey key, long nanos) {
        return plain().find(key, nanos);
    }

    @Override
    default StoredEntry findEntry(EntryKey key, long nanos) {
        return plain().findEntry(key, nanos);
    }

    @Override
    default void hear(Set<String> prefixes, InvalidationListener invalidationListener) {
        plain().hear(prefixes, invalidationListener);
    }

    @Override
    default LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
        return plain().acquire(key, request, nanos);
    }

    @Override
    default boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos) {
        return plain().fill(key, token, storedEntry, nanos);
    }

    @Override
    default boolean release(EntryKey key, String token, long nanos) {
        return plain().release(key, token, nanos);
    }

    @Override
    default void begin(EntryKey key, String write, long nanos) {
        plain().begin(key, write, nanos);
    }

    @Override
    default void end(EntryKey key, String write, Outcome outcome, long nanos) {
        plain().end(key, write, outcome, nanos);
    }

    @Override
    default boolean endWith(EntryKey key, String write, Duration settle, StoredEntry storedEntry, long nanos) {
        return plain().endWith(key, write, settle, storedEntry, nanos);
    }

    @Override
    default boolean remove(EntryKey key, long nanos) {
        return plain().remove(key, nanos);
    }

    @Override
    default boolean evict(EntryKey key, long nanos) {
        return plain().evict(key, nanos);
    }

    @Override
    default boolean contains(EntryKey key, long nanos) {
        return plain().contains(key, nanos);
    }

    @Override
    default boolean isAnswering(Target target) {
        return plain().isAnswering(target);
    }

    @Override
    default boolean isCalm() {
        return plain().isCalm();
    }

    @Override
    default void revive(long nanos) {
        plain().revive(nanos);
    }
}
