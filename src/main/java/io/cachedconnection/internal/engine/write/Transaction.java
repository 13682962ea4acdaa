package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.engine.store.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One transaction, seen by the thread that is in it. Confined to that thread. */
public interface Transaction {

    /** Whether the calling thread is still in it. */
    boolean isCurrent();

    /** Whether it can only be rolled back. */
    boolean isRollbackOnly();

    /** Returns its maximum age; null if this library did not see it begin. */
    @Nullable Duration age();

    /**
     * Whether it commits without a prior call of {@link Completion#beforeCommit}. Each write is then announced at once, and its
     * reported outcome is certain: a rollback is a rollback.
     */
    default boolean hasNoBeforeCompletion() {
        return false;
    }

    /** Returns another transaction that is active on the calling thread and ends independently of this one; null if none. */
    default @Nullable Transaction otherActive() {
        return null;
    }

    /** Returns the attached completion; null if none. */
    @Nullable Object attachment();

    /** Attaches {@code completion}, which is told of the transaction's end. Call it once per transaction. */
    void attach(Completion completion);

    /** Receives the end of a transaction. */
    interface Completion {

        /** The transaction is about to commit; an exception rolls it back. Not called before a rollback. */
        void beforeCommit();

        /**
         * The transaction has ended. Called once per transaction, after the commit has returned to the application if possible.
         */
        void afterCompletion(Outcome outcome);
    }
}
