package io.cachedconnection.internal.core;

/**
 * The time that one lookup may still wait for the remote store, over all its calls there; what the repository takes does
 * not count. Owned by the one thread that does the lookup.
 */
final class Budget {

    private long nanos;

    Budget(long nanos) {
        this.nanos = nanos;
    }

    /** Nanoseconds; zero or less means that the store is not to be asked any more. */
    long left() {
        return nanos;
    }

    void spend(long spent) {
        nanos -= spent;
    }

    /** After one failed call the lookup goes on without the store. */
    void exhaust() {
        nanos = 0;
    }
}
