package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.read.LookupContext.Keeper;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.Budget;
import io.cachedconnection.internal.engine.store.EncodedValue;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FailOpenStore;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.write.WriteProtocol.DeferredFill;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Loads under a lease, so that one node loads and no node stores a stale value. A lookup without the lease waits for the value
 * for a limited time, or loads for itself and stores nothing.
 */
public final class LeaseLayer implements Layer {

    private final FailOpenStore store;
    private final Entries entries;
    private final ProtocolSettings protocol;
    private final LeasePoller poller;
    private final Supplier<String> tokens;
    private final LongSupplier nanoTime;
    private final Layer next;

    public LeaseLayer(
            FailOpenStore store,
            Entries entries,
            ProtocolSettings protocol,
            LeasePoller poller,
            Supplier<String> tokens,
            LongSupplier nanoTime,
            Layer next) {
        this.store = store;
        this.entries = entries;
        this.protocol = protocol;
        this.poller = poller;
        this.tokens = tokens;
        this.nanoTime = nanoTime;
        this.next = next;
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        String token = tokens.get();
        CacheCounters counters = lookup.binding().cache().counters();
        LeaseResult lease = poller.whileBusy(lookup.key(), counters.waitsForCluster(), () -> acquire(lookup, token));
        lookup.loadsAs(
                switch (lease.verdict()) {
                    case LEASED -> null; // the fill counts itself
                    case PRESENT -> Event.LOAD_NOT_STORABLE; // if it cannot be read
                    case BUSY -> Event.LOAD_BUSY;
                    case FENCED -> Event.LOAD_FENCED;
                    case OLD -> Event.LOAD_OLD_SNAPSHOT;
                    case UNREACHABLE -> Event.LOAD_UNREACHABLE;
                });
        if (lease.verdict() == Verdict.LEASED) {
            return fill(lookup, token, lease.stamps());
        }
        byte[] payload = lease.payload(); // the value has arrived meanwhile
        StoreResult<V> found =
                payload == null ? StoreResult.none(StoreResult.Status.MISS) : entries.read(lookup, payload);
        return found.isHit() ? LookupResult.stored(found.value()) : next.read(lookup);
    }

    /**
     * Requests the lease with the current age of the transaction; settle adds the time that the request may take. If it took
     * longer, because the JVM was paused, an eviction may have come unnoticed, so the lease is returned.
     */
    private LeaseResult acquire(Lookup<?> lookup, String token) {
        long asked = nanoTime.getAsLong();
        LeaseRequest request = new LeaseRequest(
                token, lookup.context().settle(), protocol.leaseTimeout(), entries.longestLife(lookup.binding()));
        LeaseResult lease = store.acquire(lookup.key(), request, lookup.budget());
        boolean inTime = lookup.context().keeper() == null
                || nanoTime.getAsLong() - asked <= protocol.budget().toNanos();
        if (inTime || lease.verdict() != Verdict.LEASED) {
            return lease;
        }
        store.release(lookup.key(), token, new Budget(protocol.budget())); // the lookup's own budget is spent
        return LeaseResult.of(Verdict.OLD);
    }

    /**
     * Loads and stores the value; in a transaction after the commit, if the transaction keeps it that long. If the load throws,
     * the lease is free at once, and each waiting lookup tries for itself.
     */
    private <V> LookupResult<V> fill(Lookup<V> lookup, String token, Stamps stamps) throws Exception {
        EntryKey key = lookup.key();
        boolean loaded = false;
        try {
            long start = nanoTime.getAsLong();
            LookupResult<V> result = next.read(lookup);
            EncodedValue encoded = null;
            if (lookup.context().mayStore()) {
                Duration cost = Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - start));
                encoded = entries.of(lookup.binding(), key, result.value(), cost, lookup::count);
            } else {
                lookup.count(Event.LOAD_NOT_STORABLE);
            }
            StoredEntry entry = encoded == null ? null : encoded.entry().with(stamps);
            if (encoded != null) {
                lookup.has(encoded.content());
            }
            loaded = true;
            Keeper keeper = lookup.context().keeper();
            if (keeper != null) {
                boolean isKept = entry != null
                        && keeper.keep(new DeferredFill(
                                key, Thread.currentThread(), budget -> store(lookup, token, entry, budget), budget -> {
                                    lookup.count(Event.LOAD_ROLLED_BACK);
                                    return store.release(key, token, budget);
                                }));
                if (!isKept) {
                    if (entry != null) {
                        lookup.count(Event.LOAD_NOT_STORABLE);
                    }
                    store.release(key, token, lookup.budget());
                }
                return result;
            }
            Ack held = entry == null
                    ? store.release(key, token, lookup.budget())
                    : store(lookup, token, entry, lookup.budget());
            poller.took(key, nanoTime.getAsLong() - start);
            return held == Ack.YES && lookup.context().mayStore() ? result.accepted() : result;
        } finally {
            if (!loaded) {
                store.release(key, token, lookup.budget());
            }
        }
    }

    private Ack store(Lookup<?> lookup, String token, StoredEntry entry, Budget budget) {
        Ack stored = store.fill(lookup.key(), token, entry, budget);
        lookup.count(
                switch (stored) {
                    case YES -> Event.LOAD_STORED;
                    case NO -> Event.LOAD_LEASE_LOST;
                    case UNREACHABLE -> Event.LOAD_UNREACHABLE;
                });
        if (stored == Ack.YES) {
            lookup.binding().cache().counters().sizes().record(entry.payload().length);
        }
        return stored;
    }
}
