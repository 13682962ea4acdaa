package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.Tracing;
import io.cachedconnection.internal.engine.store.Tracing.Step;
import io.cachedconnection.internal.engine.store.Tracing.Work;
import io.cachedconnection.internal.engine.write.PendingWrites;
import java.util.function.LongSupplier;

/** The innermost layer: calls the repository method. */
public final class LoadLayer implements Layer {

    private final PendingWrites own;
    private final Tracing tracing;
    private final LongSupplier nanoTime;

    public LoadLayer(PendingWrites own, Tracing tracing, LongSupplier nanoTime) {
        this.own = own;
        this.tracing = tracing;
        this.nanoTime = nanoTime;
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        CacheCounters counters = lookup.binding().cache().counters();
        lookup.count(Event.LOAD);
        long start = nanoTime.getAsLong();
        LookupContext context = lookup.context();
        LookupResult<V> result;
        try (Step step = tracing.begin(Work.LOAD, lookup.binding().cache().name())) {
            try {
                result = LookupResult.loaded(own.watched(lookup.key(), context.written(), lookup));
            } catch (Exception | Error e) {
                lookup.count(Event.LOAD_FAILED);
                counters.loadFailed(e, nanoTime.getAsLong() - start);
                step.failed(e);
                throw e;
            }
        }
        counters.loads().record(nanoTime.getAsLong() - start);
        if (context.keeper() == null && own.mayBeInTransaction()) {
            context.written().set(); // the load has left a transaction open, so it may have written
        }
        Event outcome = lookup.loadsAs();
        if (outcome != null) {
            lookup.count(outcome);
        }
        return result;
    }
}
