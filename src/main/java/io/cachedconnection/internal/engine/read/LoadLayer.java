package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.write.PendingWrites;

/** Answers from the repository. The last layer. */
public final class LoadLayer implements Layer {

    private final PendingWrites own;

    public LoadLayer(PendingWrites own) {
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
