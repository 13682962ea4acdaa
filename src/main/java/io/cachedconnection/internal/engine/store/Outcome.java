package io.cachedconnection.internal.engine.store;

/** How a write ended, as far as it is known. */
public enum Outcome {
    /** It is committed: what the cache held is out of date, and what the write gave is current. */
    COMMITTED,
    /** It is said to be committed, but no commit was seen to return: what the write gave may not be committed. */
    REPORTED_COMMITTED,
    /** The database has refused the commit, or the application has rolled back: it will not be done later either. */
    REFUSED,
    /** It may be committed or not: what the cache held may be out of date, and what the write gave may not be committed. */
    UNKNOWN,
    /** It is rolled back for certain: what the cache held was right. */
    ROLLED_BACK;

    /** What the remote store is told: it evicts unless nothing can have changed. */
    Outcome toBeSafe() {
        return this == ROLLED_BACK ? ROLLED_BACK : COMMITTED;
    }
}
