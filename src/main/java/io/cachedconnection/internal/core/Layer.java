package io.cachedconnection.internal.core;

/** One step of a lookup: it answers, or asks the next. Thread-safe. */
interface Layer {

    /** The answer; an exception can only be the loader's own. */
    <V> Answer<V> read(Read<V> read) throws Exception;
}
