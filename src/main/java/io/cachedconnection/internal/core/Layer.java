package io.cachedconnection.internal.core;

/** One step of a lookup: it answers, or asks the next. Thread-safe. */
interface Layer {

    /** The answer; an exception can only be the loader's own. */
    <V> LookupResult<V> read(Lookup<V> lookup) throws Exception;
}
