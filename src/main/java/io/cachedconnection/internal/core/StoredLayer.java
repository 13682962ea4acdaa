package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;

/** Answers from the remote store. What it does not have is loaded without a lease if it would not be stored anyway. */
final class StoredLayer implements Layer {

    private final Entries entries;
    private final Layer next;
    private final Layer load;

    StoredLayer(Entries entries, Layer next, Layer load) {
        this.entries = entries;
        this.next = next;
        this.load = load;
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        StoreResult<V> found = entries.find(lookup.plan(), lookup, lookup.budget());
        CacheCounters counters = lookup.plan().cache().counters();
        if (found.isHit()) {
            counters.count(Event.HIT);
            return LookupResult.stored(found.value());
        }
        counters.count(Event.MISS);
        return (lookup.plan().isResting() ? load : next).read(lookup);
    }
}
