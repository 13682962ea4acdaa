package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.store.StoreResult.Status;

/** One layer of a lookup: it answers, or asks the next layer. Thread-safe. */
public interface Layer {

    /** Returns the value, loaded if necessary. Only exceptions of the loader pass. */
    <V> LookupResult<V> read(Lookup<V> lookup) throws Exception;

    /** Returns the cached value, without a load. A layer that only loads has none. */
    default <V> StoreResult<V> find(Lookup<V> lookup) {
        return StoreResult.none(Status.MISS);
    }

    /** Whether the remote store has an entry. */
    default Ack contains(Lookup<?> lookup) {
        return Ack.NO;
    }
}
