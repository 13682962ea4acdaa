package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/** What one write does to one target. Used by the thread that writes. */
final class Change {

    private final Target target;
    private final String write;
    private @Nullable Entry result;
    private boolean announced;

    Change(Target target, String write) {
        this.target = target;
        this.write = write;
    }

    Target target() {
        return target;
    }

    /** The key that gets a new value; null if it is only evicted. */
    @Nullable Entry result() {
        return result;
    }

    void result(@Nullable Entry entry) {
        result = entry;
    }

    /** Whether the remote store knows of it. */
    boolean isAnnounced() {
        return announced;
    }

    void announced() {
        announced = true;
    }

    void begin(RemoteStore store, long nanos) {
        if (target instanceof CacheKey key) {
            store.begin(key, write, nanos);
        } else if (target instanceof KeySpace space) {
            store.beginAll(space, write, nanos);
        }
    }

    void end(Outcome outcome, RemoteStore store, long nanos) {
        if (target instanceof KeySpace space) {
            store.endAll(space, write, outcome.toBeSafe(), nanos);
        } else if (target instanceof CacheKey key) {
            end(key, outcome, store, nanos);
        }
    }

    private void end(CacheKey key, Outcome outcome, RemoteStore store, long nanos) {
        if (result != null && outcome == Outcome.COMMITTED) {
            store.endWith(key, write, result, nanos);
        } else {
            store.end(key, write, outcome.toBeSafe(), nanos);
        }
    }

    /** Begin and end in one, for a write that is over. */
    void evict(RemoteStore store, long nanos) {
        if (target instanceof CacheKey key) {
            store.evict(key, nanos);
        } else {
            begin(store, nanos);
            end(Outcome.COMMITTED, store, nanos);
        }
    }
}
