package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;

/** Answers from the repository. The last layer: it asks nobody else. */
final class LoadLayer implements Layer {

    private final PendingWrites own;

    LoadLayer(PendingWrites own) {
        this.own = own;
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        CacheCounters counters = lookup.plan().cache().counters();
        counters.count(Event.LOAD);
        boolean loaded = false;
        try {
            LookupResult<V> result = LookupResult.loaded(
                    own.watched(lookup.key(), lookup.reader().watch(), lookup));
            if (lookup.reader().keeper() == null && own.mayBeInTransaction()) {
                lookup.reader().watch().written(); // the load has left a transaction open: it may have
            }
            loaded = true;
            return result;
        } finally {
            if (!loaded) {
                counters.count(Event.LOAD_FAILURE);
            }
        }
    }
}
