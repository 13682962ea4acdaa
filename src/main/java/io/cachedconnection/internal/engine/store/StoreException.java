package io.cachedconnection.internal.engine.store;

import java.util.EnumSet;
import java.util.Set;

/** Says that the remote store did not do what was asked. Its message holds no key, no value and no secret. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** No answer in time. */
        TIMEOUT,
        /** No connection, or a broken one. */
        CONNECTION,
        /** The store answered that it cannot now: it is loading, full, busy, or lost its master. */
        NOT_NOW,
        /** The store answered that it takes no writes: another one is the master now. */
        READ_ONLY,
        /** The store answered that it will not. */
        REFUSED,
        /** What was asked for is being moved from one server to another. */
        MOVING,
        /** What is under the key is no value at all. */
        WRONG_TYPE,
        /** It does not know the script any more, or not yet. */
        NO_SCRIPT,
        /** The answer was none that the store can give. */
        GARBAGE,
        /** The time for the answer was over before the question was sent. */
        TOO_LATE,
        /** The calling thread was interrupted. */
        INTERRUPTED,
        /** The connections of this application were busy with other calls for too long; the store is well. */
        CROWDED;

        private static final Set<Reason> TROUBLE = EnumSet.of(TIMEOUT, CONNECTION, NOT_NOW, READ_ONLY, GARBAGE);

        /** Whether it says anything about the store, and not only about the caller, or how little time that had. */
        public boolean isAboutTheStore() {
            return this != TOO_LATE && this != INTERRUPTED && this != CROWDED && this != NO_SCRIPT;
        }

        /** Whether the server is in trouble, so that the next call is likely to fail, too. */
        public boolean isTrouble() {
            return TROUBLE.contains(this);
        }
    }

    private final Reason reason;

    /** A failure for this reason, told in {@code detail} without keys, values and secrets. */
    public StoreException(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** {@code failure} itself, or as one, without its message, which may hold anything. */
    static StoreException of(Throwable failure) {
        return failure instanceof StoreException known
                ? known
                : new StoreException(Reason.GARBAGE, failure.getClass().getName());
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
