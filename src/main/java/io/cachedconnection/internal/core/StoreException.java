package io.cachedconnection.internal.core;

/** Says that the remote store did not do what was asked. Its message holds no key, no value and no secret. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** No answer in time. */
        TIMEOUT,
        /** No connection, or a broken one. */
        CONNECTION,
        /** The store answered that it will not, now or at all. */
        REFUSED,
        /** What is under the key is no value at all. */
        WRONG_TYPE,
        /** It does not know the script any more, or not yet. */
        NO_SCRIPT,
        /** The answer was none that the store can give. */
        GARBAGE,
        /** The calling thread was interrupted; says nothing about the store. */
        INTERRUPTED
    }

    private final Reason reason;

    /** A failure for this reason, told in {@code detail} without keys, values and secrets. */
    public StoreException(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** {@code failure} itself, or as one, without its message, which may hold anything. */
    static StoreException of(RuntimeException failure) {
        return failure instanceof StoreException known
                ? known
                : new StoreException(Reason.GARBAGE, failure.getClass().getName());
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
