package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.store.StoreResult.Status;

/** One step of a lookup: it answers, or asks the next layer. Thread-safe. */
public interface Layer {

    /** The value, loaded if need be; an exception can only be the loader's own. */
    <V> LookupResult<V> read(Lookup<V> lookup) throws Exception;

    /** What is cached, without a load. A layer that only loads has nothing. */
    default <V> StoreResult<V> find(Lookup<V> lookup) {
        return StoreResult.none(Status.MISS);
    }

    /** Whether the remote store has an entry. */
    default Ack contains(Lookup<?> lookup) {
        return Ack.NO;
    }
}
