package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/** How a load ended, for those who waited for it: what they may take of it, if anything. */
final class Landing {

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

    static final Landing NOTHING = new Landing(Kind.NOTHING, null, null);
    static final Landing OWN = new Landing(Kind.OWN, null, null);

    private final Kind kind;
    private final byte @Nullable [] payload;
    private final @Nullable Exception failure;

    private Landing(Kind kind, byte @Nullable [] payload, @Nullable Exception failure) {
        this.kind = kind;
        this.payload = payload;
        this.failure = failure;
    }

    static Landing with(byte[] payload, boolean current) {
        return new Landing(current ? Kind.CURRENT : Kind.COMMITTED, payload, null);
    }

    static Landing with(Exception failure) {
        return new Landing(Kind.FAILED, null, failure);
    }

    boolean isCurrent() {
        return kind == Kind.CURRENT;
    }

    /** Whether others may do better together, without this pilot. */
    boolean isOwn() {
        return kind == Kind.OWN;
    }

    /** The same for those who came later than this one's load: it vouches for nothing any more. */
    Landing handedOn() {
        return isCurrent() ? new Landing(Kind.COMMITTED, payload, null) : this;
    }

    byte @Nullable [] payload() {
        return payload;
    }

    @Nullable Exception failure() {
        return failure;
    }
}
