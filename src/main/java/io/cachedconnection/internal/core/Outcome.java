package io.cachedconnection.internal.core;

/** How a write ended. */
public enum Outcome {
    /** It is committed: what the cache held is out of date, and what the write gave is current. */
    COMMITTED,
    /** It may be committed or not: what the cache held may be out of date, and what the write gave may be nobody's. */
    UNKNOWN,
    /** It is rolled back for certain: what the cache held was right. */
    ROLLED_BACK;

    /** What the remote store is told: it evicts unless nothing can have changed. */
    Outcome toBeSafe() {
        return this == UNKNOWN ? COMMITTED : this;
    }
}
