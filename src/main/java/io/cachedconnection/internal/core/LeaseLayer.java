package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;
import io.cachedconnection.internal.core.LeaseResult.Verdict;
import io.cachedconnection.internal.core.LookupContext.Keeper;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Loads under a lease, so that of all nodes one loads and nobody stores what a write has made old. Whoever does not get the
 * lease waits for the value, but not for ever, or loads for itself and stores nothing.
 */
final class LeaseLayer implements Layer {

    private final FailOpenStore store;
    private final Entries entries;
    private final LeasePoller leasePoller;
    private final Layer next;

    LeaseLayer(FailOpenStore store, Entries entries, LeasePoller leasePoller, Layer next) {
        this.store = store;
        this.entries = entries;
        this.leasePoller = leasePoller;
        this.next = next;
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        String token = leasePoller.token();
        LeaseResult grant = leasePoller.whileBusy(lookup.key(), () -> acquired(lookup, token));
        return switch (grant.verdict()) {
            case PRESENT -> present(lookup, grant.payload());
            case LEASED -> filled(lookup, token);
            case BUSY, FENCED, OLD, UNREACHABLE -> next.read(lookup);
        };
    }

    /**
     * Asks with the age that the transaction has now, to which settle adds the time that asking may take. If it took longer,
     * because the JVM stood still, an eviction may have come in before unnoticed, and the lease is given back.
     */
    private LeaseResult acquired(Lookup<?> lookup, String token) {
        long asked = entries.now();
        LeaseRequest request = new LeaseRequest(token, lookup.reader().settle().get(), leasePoller.lease());
        LeaseResult grant = store.acquire(lookup.key(), request, lookup.budget());
        boolean inTime =
                lookup.reader().keeper() == null || entries.since(asked).compareTo(leasePoller.budget()) <= 0;
        if (inTime || grant.verdict() != Verdict.LEASED) {
            return grant;
        }
        released(lookup, token, new Budget(leasePoller.budget())); // its own is spent
        return LeaseResult.of(Verdict.OLD);
    }

    private <V> LookupResult<V> present(Lookup<V> lookup, byte @Nullable [] payload) throws Exception {
        StoreResult<V> found =
                payload == null ? StoreResult.none(StoreResult.Status.MISS) : entries.read(lookup, payload);
        return found.isHit() ? LookupResult.stored(found.value()) : next.read(lookup);
    }

    /** If the load throws, the lease is free at once: whoever waits tries for itself. */
    private <V> LookupResult<V> filled(Lookup<V> lookup, String token) throws Exception {
        boolean loaded = false;
        try {
            long begun = entries.now();
            LookupResult<V> result = next.read(lookup);
            StoredEntry storedEntry = entry(lookup, result, entries.since(begun));
            loaded = true;
            if (lookup.reader().keeper() != null) {
                return kept(lookup, token, result, storedEntry);
            }
            LookupResult<V> offered = offered(lookup, token, result, storedEntry);
            leasePoller.took(lookup.key(), entries.now() - begun);
            return offered;
        } finally {
            if (!loaded) {
                released(lookup, token, lookup.budget());
            }
        }
    }

    private <V> @Nullable StoredEntry entry(Lookup<V> lookup, LookupResult<V> result, Duration cost) {
        EncodedValue encoded =
                lookup.reader().mayStore() ? entries.of(lookup.plan(), lookup.key(), result.value(), cost) : null;
        if (encoded == null) {
            return null;
        }
        lookup.has(encoded.content());
        return encoded.entry();
    }

    private <V> LookupResult<V> offered(
            Lookup<V> lookup, String token, LookupResult<V> result, @Nullable StoredEntry storedEntry) {
        Ack held = storedEntry == null
                ? released(lookup, token, lookup.budget())
                : stored(lookup, token, storedEntry, lookup.budget());
        return held == Ack.YES && lookup.reader().mayStore() ? result.accepted() : result;
    }

    /** What was loaded in a transaction is stored when that is committed, if it keeps it for so long. */
    private <V> LookupResult<V> kept(
            Lookup<V> lookup, String token, LookupResult<V> result, @Nullable StoredEntry storedEntry) {
        if (storedEntry == null || !isKept(lookup, token, storedEntry)) {
            released(lookup, token, lookup.budget());
        }
        return result;
    }

    private boolean isKept(Lookup<?> lookup, String token, StoredEntry storedEntry) {
        Keeper keeper = lookup.reader().keeper();
        return keeper != null
                && keeper.keep(new DeferredFill(
                        lookup.key(),
                        Thread.currentThread(),
                        budget -> stored(lookup, token, storedEntry, budget),
                        budget -> released(lookup, token, budget)));
    }

    private Ack released(Lookup<?> lookup, String token, Budget budget) {
        return store.release(lookup.key(), token, budget);
    }

    private Ack stored(Lookup<?> lookup, String token, StoredEntry storedEntry, Budget budget) {
        Ack stored = store.fill(lookup.key(), token, storedEntry, budget);
        if (stored == Ack.YES) {
            lookup.plan().cache().counters().count(Event.STORE);
        }
        return stored;
    }
}
