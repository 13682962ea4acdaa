package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/** How a load ended, for those who waited for it: what they may take of it, if anything. */
final class LoadOutcome {

    /** What is to be had. */
    enum Kind {
        /** A value that the remote store vouches for: good for everyone who came before it was accepted. */
        CURRENT,
        /** A value that was loaded from what is committed: good for those who came before the load began. */
        COMMITTED,
        /** An exception, likewise. */
        FAILED,
        /** Something that is for the eyes of one transaction only. */
        OWN,
        /** Nothing: each has to see for itself. */
        NOTHING
    }

    static final LoadOutcome NOTHING = new LoadOutcome(Kind.NOTHING, null, null);
    static final LoadOutcome OWN = new LoadOutcome(Kind.OWN, null, null);

    private final Kind kind;
    private final byte @Nullable [] payload;
    private final @Nullable Exception failure;

    private LoadOutcome(Kind kind, byte @Nullable [] payload, @Nullable Exception failure) {
        this.kind = kind;
        this.payload = payload;
        this.failure = failure;
    }

    static LoadOutcome with(byte[] payload, boolean current) {
        return new LoadOutcome(current ? Kind.CURRENT : Kind.COMMITTED, payload, null);
    }

    static LoadOutcome with(Exception failure) {
        return new LoadOutcome(Kind.FAILED, null, failure);
    }

    boolean isCurrent() {
        return kind == Kind.CURRENT;
    }

    /** Whether others may do better together, without this thread. */
    boolean isOwn() {
        return kind == Kind.OWN;
    }

    /** The same for those who came later than this one's load: it vouches for nothing any more. */
    LoadOutcome handedOn() {
        return isCurrent() ? new LoadOutcome(Kind.COMMITTED, payload, null) : this;
    }

    byte @Nullable [] payload() {
        return payload;
    }

    @Nullable Exception failure() {
        return failure;
    }
}
