package io.cachedconnection.internal.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One transaction, as the thread that is in it sees it. Used by that thread only. */
public interface Transaction {

    /** Whether the calling thread is still in it. */
    boolean isCurrent();

    /** Whether it can only be rolled back. */
    boolean isRollbackOnly();

    /** How old it is at most; null if nobody saw it begin. */
    @Nullable Duration age();

    /** What was attached to it; null if nothing. */
    @Nullable Object attachment();

    /** Attaches this to it, and has it told of its completion; once for each transaction. */
    void attach(Completion completion);

    /** Who is told of a transaction's completion. */
    interface Completion {

        /** It is about to commit; what this throws rolls it back. Not called if it is rolled back anyway. */
        void beforeCommit();

        /** It is over. */
        void afterCompletion(Outcome outcome);
    }
}
