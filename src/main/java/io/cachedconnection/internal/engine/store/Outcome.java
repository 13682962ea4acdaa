package io.cachedconnection.internal.engine.store;

/** The known outcome of a write. */
public enum Outcome {
    /** Committed: the cached value is stale, and the new value is current. */
    COMMITTED,
    /** Reported as committed, but no commit was seen to return: the new value may be uncommitted. */
    REPORTED_COMMITTED,
    /** Refused by the database, or rolled back by the application: it will not be committed later either. */
    REFUSED,
    /** Unknown: the cached value may be stale, and the new value may be uncommitted. */
    UNKNOWN,
    /** Certainly rolled back: the cached value is right. */
    ROLLED_BACK;

    /** Returns the outcome to send to the remote store: it evicts unless nothing can have changed. */
    Outcome toBeSafe() {
        return this == ROLLED_BACK ? ROLLED_BACK : COMMITTED;
    }
}
