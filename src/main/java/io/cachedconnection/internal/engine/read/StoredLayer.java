package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.StoreResult;

/**
 * Answers from the memory of this node, or from the remote store. What neither has is loaded without a lease if it would not
 * be stored anyway.
 */
public final class StoredLayer implements Layer {

    private final Entries entries;
    private final Layer next;
    private final Layer load;

    public StoredLayer(Entries entries, Layer next, Layer load) {
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
