package io.cachedconnection.internal.core;

/** How a write ended. */
public enum Outcome {
    /** It is committed, or may be: what the cache held is out of date. */
    COMMITTED,
    /** It is rolled back for certain: what the cache held was right. */
    ROLLED_BACK
}
