package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/** Where the transaction of the calling thread is found. Thread-safe. */
@FunctionalInterface
public interface TransactionScope {

    /** The transaction that the calling thread is in, if work can still be added to it; else null. */
    @Nullable Transaction current();

    /** A world without transactions. */
    static TransactionScope none() {
        return () -> null;
    }
}
