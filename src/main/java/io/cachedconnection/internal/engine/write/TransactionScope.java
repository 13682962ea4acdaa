package io.cachedconnection.internal.engine.write;

import org.jspecify.annotations.Nullable;

/** Finds the transaction of the calling thread. Thread-safe. */
@FunctionalInterface
public interface TransactionScope {

    /** Returns the transaction of the calling thread; null if there is none, or it takes no more work. */
    @Nullable Transaction current();

    /**
     * Whether the calling thread is in a transaction that is being committed or rolled back: the data it reads may never become
     * visible to other transactions.
     */
    default boolean isEnding() {
        return false;
    }

    /** Whether the calling thread is in no transaction, not even an ending one. */
    default boolean isOutside() {
        return current() == null && !isEnding();
    }

    /** Returns a scope without transactions. */
    static TransactionScope none() {
        return () -> null;
    }
}
