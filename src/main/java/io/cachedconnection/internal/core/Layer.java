package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.StoreResult.Status;

/** One step of a lookup: it answers, or asks the next layer. Thread-safe. */
interface Layer {

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
