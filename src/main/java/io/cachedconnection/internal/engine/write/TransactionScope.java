package io.cachedconnection.internal.engine.write;

import org.jspecify.annotations.Nullable;

/** Where the transaction of the calling thread is found. Thread-safe. */
@FunctionalInterface
public interface TransactionScope {

    /** The transaction that the calling thread is in, if work can still be added to it; else null. */
    @Nullable Transaction current();

    /**
     * Whether the calling thread is still in a transaction that is being committed or rolled back: what it reads may be
     * what no other transaction will ever see.
     */
    default boolean isEnding() {
        return false;
    }

    /** Whether the calling thread is in no transaction, not even in one that is ending. */
    default boolean isOutside() {
        return current() == null && !isEnding();
    }

    /** A world without transactions. */
    static TransactionScope none() {
        return () -> null;
    }
}
