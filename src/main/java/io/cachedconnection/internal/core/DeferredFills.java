package io.cachedconnection.internal.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The values that wait on this node for the commit of the transaction that loaded them. Thread-safe. */
final class DeferredFills {

    private final Map<EntryKey, DeferredFill> values = new ConcurrentHashMap<>();

    void add(DeferredFill value) {
        values.put(value.key(), value);
    }

    void remove(DeferredFill value) {
        values.remove(value.key(), value);
    }

    /** Whether a transaction of the calling thread, perhaps a suspended one, keeps {@code key}: it would wait for itself. */
    boolean isByThisThread(LookupKey lookupKey) {
        DeferredFill value = values.isEmpty() ? null : values.get(lookupKey.key());
        return value != null && value.loader() == Thread.currentThread();
    }
}
