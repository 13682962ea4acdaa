package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.store.Tracing;
import io.cachedconnection.internal.engine.store.Tracing.Step;
import io.cachedconnection.internal.engine.store.Tracing.Work;
import io.cachedconnection.internal.engine.write.PendingWrites;

/**
 * Answers from the near cache or the remote store. Loads without a lease if the value would not be stored anyway. A lookup
 * inside a load is not answered from the near cache, because the value of the load may be stored for longer than the near cache
 * may lag behind.
 */
public final class StoredLayer implements Layer {

    private final PendingWrites own;
    private final Entries entries;
    private final Tracing tracing;
    private final Layer next;
    private final Layer load;

    public StoredLayer(PendingWrites own, Entries entries, Tracing tracing, Layer next, Layer load) {
        this.own = own;
        this.entries = entries;
        this.tracing = tracing;
        this.next = next;
        this.load = load;
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        CacheBinding<V> binding = lookup.binding();
        LookupResult<V> near = binding.near(lookup);
        if (near != null && !own.isLoading()) {
            lookup.count(Event.NEAR_HIT);
            return near;
        }
        try (Step step = tracing.begin(Work.LOOKUP, binding.cache().name())) {
            StoreResult<V> found = counted(lookup, entries.find(lookup), step);
            if (found.isHit()) {
                tracing.hit(binding.cache().name());
                return LookupResult.stored(found.value());
            }
            if (binding.isResting()) {
                lookup.loadsAs(Event.LOAD_NOT_STORABLE);
                return load.read(lookup);
            }
            return next.read(lookup);
        }
    }

    private static <V> StoreResult<V> counted(Lookup<V> lookup, StoreResult<V> found, Step step) {
        switch (found.outcome()) {
            case HIT -> {
                lookup.count(Event.HIT);
                step.result("hit");
            }
            case MISS, UNDECODABLE -> {
                lookup.count(Event.MISS);
                step.result("miss");
            }
            case UNREACHABLE -> {
                lookup.count(Event.BYPASS_UNREACHABLE);
                step.refused("unreachable");
            }
            case PENDING_EVICTION -> {
                lookup.count(Event.BYPASS_PENDING_EVICTION);
                step.refused("pending_eviction");
            }
        }
        return found;
    }

    @Override
    public <V> StoreResult<V> find(Lookup<V> lookup) {
        LookupResult<V> near = lookup.binding().near(lookup);
        if (near != null && !own.isLoading()) {
            lookup.count(Event.NEAR_HIT);
            return StoreResult.hit(near.value());
        }
        return counted(lookup, entries.find(lookup), Step.UNTOLD);
    }

    @Override
    public Ack contains(Lookup<?> lookup) {
        return entries.contains(lookup);
    }
}
