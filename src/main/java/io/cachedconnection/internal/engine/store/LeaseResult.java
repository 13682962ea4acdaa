package io.cachedconnection.internal.engine.store;

import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import org.jspecify.annotations.Nullable;

/** The remote store's reply to a {@link LeaseRequest}: its verdict, and the value if there is one. See {@code docs/consistency.md}. */
public final class LeaseResult {

    /** What the requester may do. */
    public enum Verdict {
        /** Take the value: it has come in the meantime. */
        PRESENT,
        /** Load and fill: the lease is its own. */
        LEASED,
        /** Wait for the value: another one holds the lease. */
        BUSY,
        /** Load and not fill: a write is in flight. */
        FENCED,
        /** Load and not fill: it may look at the database as it was before a recent eviction. */
        OLD,
        /** Load and not fill: the store cannot be asked. */
        UNREACHABLE
    }

    private final Verdict verdict;
    private final byte @Nullable [] payload;
    private final Stamps stamps;

    private LeaseResult(Verdict verdict, byte @Nullable [] payload, Stamps stamps) {
        this.verdict = verdict;
        this.payload = payload;
        this.stamps = stamps;
    }

    /** The value is there. */
    public static LeaseResult present(byte[] payload) {
        return new LeaseResult(Verdict.PRESENT, payload, Stamps.NONE);
    }

    /** A verdict without a value. */
    public static LeaseResult of(Verdict verdict) {
        return new LeaseResult(verdict, null, Stamps.NONE);
    }

    /** The lease of an entry that is to carry these stamps. */
    public static LeaseResult leased(Stamps stamps) {
        return new LeaseResult(Verdict.LEASED, null, stamps);
    }

    /** What the requester may do. */
    public Verdict verdict() {
        return verdict;
    }

    /** The value's bytes; null unless it is present. */
    public byte @Nullable [] payload() {
        return payload;
    }

    /** What the entry is to carry if the requester fills; none unless it has the lease. */
    public Stamps stamps() {
        return stamps;
    }
}
