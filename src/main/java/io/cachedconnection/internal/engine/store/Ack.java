package io.cachedconnection.internal.engine.store;

/** What the remote store said to a yes-or-no question, if it said anything. */
public enum Ack {
    /** It was there; or: it was done. */
    YES,
    /** It was not there; or: it was not done. */
    NO,
    /** The store could not be asked, or refused. */
    UNREACHABLE;

    static Ack of(boolean yes) {
        return yes ? YES : NO;
    }
}
