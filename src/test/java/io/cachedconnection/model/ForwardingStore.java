package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.testing.PartedStore;
import java.time.Duration;
import java.util.Set;

/** A store that does what another one does. */
class ForwardingStore implements PartedStore {

    final PartedStore real;

    ForwardingStore(PartedStore real) {
        this.real = real;
    }

    @Override
    public byte[] find(EntryKey key, long nanos) {
        return real.find(key, nanos);
    }

    @Override
    public StoredEntry findEntry(EntryKey key, long nanos) {
        return real.findEntry(key, nanos);
    }

    @Override
    public void hear(Set<String> prefixes, InvalidationListener invalidationListener) {
        real.hear(prefixes, invalidationListener);
    }

    @Override
    public LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
        return real.acquire(key, request, nanos);
    }

    @Override
    public boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos) {
        return real.fill(key, token, storedEntry, nanos);
    }

    @Override
    public boolean release(EntryKey key, String token, long nanos) {
        return real.release(key, token, nanos);
    }

    @Override
    public void begin(EntryKey key, String write, long nanos) {
        real.begin(key, write, nanos);
    }

    @Override
    public void end(EntryKey key, String write, Outcome outcome, long nanos) {
        real.end(key, write, outcome, nanos);
    }

    @Override
    public boolean endWith(EntryKey key, String write, Duration settle, StoredEntry storedEntry, long nanos) {
        return real.endWith(key, write, settle, storedEntry, nanos);
    }

    @Override
    public boolean remove(EntryKey key, long nanos) {
        return real.remove(key, nanos);
    }

    @Override
    public boolean evict(EntryKey key, long nanos) {
        return real.evict(key, nanos);
    }

    @Override
    public boolean contains(EntryKey key, long nanos) {
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
    public void announceAll(KeySpace space, String write) {
        real.announceAll(space, write);
    }

    @Override
    public void dropLeases(KeySpace space) {
        real.dropLeases(space);
    }

    @Override
    public void dropValues(KeySpace space) {
        real.dropValues(space);
    }

    @Override
    public void concludeAll(KeySpace space, String write, Outcome outcome) {
        real.concludeAll(space, write, outcome);
    }

    @Override
    public void spoil(String fence, String field) {
        real.spoil(fence, field);
    }

    @Override
    public String fence(String name) {
        return real.fence(name);
    }

    @Override
    public boolean isAnswering(Target target) {
        return real.isAnswering(target);
    }

    @Override
    public boolean isCalm() {
        return real.isCalm();
    }

    @Override
    public void revive(long nanos) {
        real.revive(nanos);
    }

    @Override
    public void close() {
        real.close();
    }
}
