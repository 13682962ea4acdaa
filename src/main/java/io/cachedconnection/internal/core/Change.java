package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/** What one write does to one target. Used by the thread that writes. */
final class Change {

    private final Target target;
    private final String write;
    private @Nullable Result result;
    private boolean announced;

    Change(Target target, String write) {
        this.target = target;
        this.write = write;
    }

    Target target() {
        return target;
    }

    /** What takes the place of the old value; null if it is only evicted. */
    void result(@Nullable Result replacement) {
        result = replacement;
    }

    /** Only evicts if the result is not any more what it was when the method returned. */
    void recheckResult() {
        if (result != null && !Doubt.or(false, result::isUnchanged)) {
            result = null;
        }
    }

    /** The same write as an eviction of {@code whole}, which is its target or holds it. */
    Change asEvictionOf(Target whole) {
        return new Change(whole, write);
    }

    boolean begin(RemoteStore store, long nanos) {
        if (target instanceof CacheKey key) {
            store.begin(key, write, nanos);
        } else if (target instanceof KeySpace space) {
            store.beginAll(space, write, nanos);
        }
        announced = true;
        return true;
    }

    boolean endCommitted(RemoteStore store, long nanos) {
        return end(Outcome.COMMITTED, store, nanos);
    }

    /**
     * Also if its begin was not delivered: then as a write that begins and ends now, and its result is not stored, for the
     * begin may come when other writes have come and gone. False if its result is not stored.
     */
    boolean end(Outcome outcome, RemoteStore store, long nanos) {
        if (target instanceof CacheKey key && result != null && announced && outcome == Outcome.COMMITTED) {
            return store.endWith(key, write, result.entry(), nanos);
        }
        if (target instanceof CacheKey key) {
            store.end(key, write, outcome.toBeSafe(), nanos);
        } else if (target instanceof KeySpace space) {
            store.endAll(space, write, outcome.toBeSafe(), nanos);
        }
        return true;
    }
}
