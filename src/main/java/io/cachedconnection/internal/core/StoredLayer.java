package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;

/**
 * Answers from the memory of this node, or from the remote store. What neither has is loaded without a lease if it would not
 * be stored anyway.
 */
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
        CacheBinding<V> binding = lookup.binding();
        LookupResult<V> near = binding.near(lookup);
        if (near != null) {
            return near;
        }
        StoreResult<V> found = entries.find(lookup);
        if (found.isHit()) {
            binding.count(Event.HIT);
            return LookupResult.stored(found.value());
        }
        binding.count(Event.MISS);
        return (binding.isResting() ? load : next).read(lookup);
    }

    @Override
    public <V> StoreResult<V> find(Lookup<V> lookup) {
        LookupResult<V> near = lookup.binding().near(lookup);
        return near == null ? entries.find(lookup) : StoreResult.hit(near.value());
    }

    @Override
    public Ack contains(Lookup<?> lookup) {
        return entries.contains(lookup);
    }
}
