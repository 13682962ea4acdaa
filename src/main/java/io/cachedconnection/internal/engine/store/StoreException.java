package io.cachedconnection.internal.engine.store;

import java.util.EnumSet;
import java.util.Set;

/** A failed call of the remote store. Its message holds no key, no value and no secret. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The reason of the failure. */
    public enum Reason {
        /** No answer in time. */
        TIMEOUT,
        /** No connection, or a broken one. */
        CONNECTION,
        /** The store cannot serve the request now: it is loading, full, busy, or has lost its master. */
        NOT_NOW,
        /** The store is read-only: another server is the master now. */
        READ_ONLY,
        /** The store refused the request. */
        REFUSED,
        /** The slot is moving from one server to another. */
        MOVING,
        /** The key holds another Redis type. */
        WRONG_TYPE,
        /** The server does not have the script. */
        NO_SCRIPT,
        /** The reply is malformed. */
        GARBAGE,
        /** The time was over before the request was sent. */
        TOO_LATE,
        /** The calling thread was interrupted. */
        INTERRUPTED,
        /** All connections of this application were busy for too long. The store is well. */
        CROWDED;

        private static final Set<Reason> TROUBLE = EnumSet.of(TIMEOUT, CONNECTION, NOT_NOW, READ_ONLY, GARBAGE);

        /** Whether the failure concerns the store, and not only the caller or its time limit. */
        public boolean isAboutTheStore() {
            return this != TOO_LATE && this != INTERRUPTED && this != CROWDED && this != NO_SCRIPT;
        }

        /** Whether the next call is likely to fail, too. */
        public boolean isTrouble() {
            return TROUBLE.contains(this);
        }
    }

    private final Reason reason;

    /** Creates a failure; {@code detail} holds no keys, values and secrets. */
    public StoreException(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** Returns {@code failure} as a StoreException, without the message of another exception, which may hold secrets. */
    static StoreException of(Throwable failure) {
        return failure instanceof StoreException known
                ? known
                : new StoreException(Reason.GARBAGE, failure.getClass().getName());
    }

    /** Returns the reason. */
    public Reason reason() {
        return reason;
    }
}
