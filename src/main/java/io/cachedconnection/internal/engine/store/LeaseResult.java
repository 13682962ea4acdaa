package io.cachedconnection.internal.engine.store;

import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import org.jspecify.annotations.Nullable;

/**
 * The remote store's reply to a {@link LeaseRequest}: its verdict, and the value if there is one. See {@code
 * docs/explanation/consistency.md}.
 */
public final class LeaseResult {

    /** The next step of the requester. */
    public enum Verdict {
        /** Take the value: it is present now. */
        PRESENT,
        /** Load and fill: the requester has the lease. */
        LEASED,
        /** Wait for the value: another load has the lease. */
        BUSY,
        /** Load without a fill: a write is in progress. */
        FENCED,
        /** Load without a fill: the requester may read a database snapshot from before a recent eviction. */
        OLD,
        /** Load without a fill: the store cannot be asked. */
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

    /** Returns the result for a present value. */
    public static LeaseResult present(byte[] payload) {
        return new LeaseResult(Verdict.PRESENT, payload, Stamps.NONE);
    }

    /** Returns a result without a value. */
    public static LeaseResult of(Verdict verdict) {
        return new LeaseResult(verdict, null, Stamps.NONE);
    }

    /** Returns the lease of an entry that will carry these stamps. */
    public static LeaseResult leased(Stamps stamps) {
        return new LeaseResult(Verdict.LEASED, null, stamps);
    }

    /** Returns the next step of the requester. */
    public Verdict verdict() {
        return verdict;
    }

    /** Returns the bytes of the value; null unless it is present. */
    public byte @Nullable [] payload() {
        return payload;
    }

    /** Returns the stamps for the entry that the requester fills; none unless it has the lease. */
    public Stamps stamps() {
        return stamps;
    }
}
