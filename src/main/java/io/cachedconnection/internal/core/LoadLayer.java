package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;

/** Answers from the repository. The last layer. */
final class LoadLayer implements Layer {

    private final PendingWrites own;

    LoadLayer(PendingWrites own) {
        this.own = own;
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        lookup.binding().count(Event.LOAD);
        boolean loaded = false;
        try {
            LookupContext context = lookup.context();
            LookupResult<V> result = LookupResult.loaded(own.watched(lookup.key(), context.written(), lookup));
            if (context.keeper() == null && own.mayBeInTransaction()) {
                context.written().set(); // the load has left a transaction open: it may have written
            }
            loaded = true;
            return result;
        } finally {
            if (!loaded) {
                lookup.binding().count(Event.LOAD_FAILURE);
            }
        }
    }
}
