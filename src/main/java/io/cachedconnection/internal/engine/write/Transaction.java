package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.engine.store.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One transaction, as the thread that is in it sees it. Used by that thread only. */
public interface Transaction {

    /** Whether the calling thread is still in it. */
    boolean isCurrent();

    /** Whether it can only be rolled back. */
    boolean isRollbackOnly();

    /** How old it is at most; null if this library did not see it begin. */
    @Nullable Duration age();

    /**
     * Whether it commits without a call of {@link Completion#beforeCommit} first. Then each write is announced at once, and its
     * reported outcome is certain: a rollback is a rollback.
     */
    default boolean hasNoBeforeCompletion() {
        return false;
    }

    /** Another transaction that is active on the calling thread, and ends independently of this one; null if there is none. */
    default @Nullable Transaction otherActive() {
        return null;
    }

    /** What was attached to it; null if nothing. */
    @Nullable Object attachment();

    /** Attaches this to it, and has it told of its completion; once for each transaction. */
    void attach(Completion completion);

    /** Who is told of a transaction's completion. */
    interface Completion {

        /** It is about to commit; what this throws rolls it back. Not called if it is rolled back anyway. */
        void beforeCommit();

        /** It is over: once for each transaction, when its commit has returned to this application if it can be waited for. */
        void afterCompletion(Outcome outcome);
    }
}
