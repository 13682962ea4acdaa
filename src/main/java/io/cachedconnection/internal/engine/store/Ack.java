package io.cachedconnection.internal.engine.store;

/** The remote store's answer to a yes-or-no question, if it answered. */
public enum Ack {
    /** The entry was present, or the step was done. */
    YES,
    /** The entry was absent, or the step was not done. */
    NO,
    /** The store could not be asked, or refused the question. */
    UNREACHABLE;

    static Ack of(boolean yes) {
        return yes ? YES : NO;
    }
}
