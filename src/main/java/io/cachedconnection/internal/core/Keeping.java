package io.cachedconnection.internal.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The values that wait on this node for the commit of the transaction that loaded them. Thread-safe. */
final class Keeping {

    private final Map<CacheKey, Kept> values = new ConcurrentHashMap<>();

    void add(Kept value) {
        values.put(value.key(), value);
    }

    void remove(Kept value) {
        values.remove(value.key(), value);
    }

    /** Whether a transaction of the calling thread, perhaps a suspended one, keeps {@code key}: it would wait for itself. */
    boolean isByThisThread(Question question) {
        Kept value = values.isEmpty() ? null : values.get(question.key());
        return value != null && value.loader() == Thread.currentThread();
    }
}
