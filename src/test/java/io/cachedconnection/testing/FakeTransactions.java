package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.write.Transaction;
import io.cachedconnection.internal.engine.write.TransactionScope;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Transactions that a test begins, suspends and ends by hand, each on its own thread. */
public final class FakeTransactions implements TransactionScope {

    /** One of them. */
    public final class One implements Transaction {

        private final long begun = nanoTime.getAsLong();
        private boolean ageKnown = true;
        private boolean rollbackOnly;
        private Completion completion;

        @Override
        public boolean isCurrent() {
            return current.get() == this;
        }

        @Override
        public boolean isRollbackOnly() {
            return rollbackOnly;
        }

        public void setRollbackOnly() {
            rollbackOnly = true;
        }

        public void beganUnseen() {
            ageKnown = false;
        }

        @Override
        public Duration age() {
            return ageKnown ? Duration.ofNanos(nanoTime.getAsLong() - begun) : null;
        }

        @Override
        public Object attachment() {
            return completion;
        }

        @Override
        public void attach(Completion attached) {
            completion = attached;
        }
    }

    private final LongSupplier nanoTime;

    @SuppressWarnings("ThreadLocalUsage") // lives as long as its test
    private final ThreadLocal<One> current = new ThreadLocal<>();

    private boolean ending;

    public FakeTransactions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public Transaction current() {
        return current.get();
    }

    @Override
    public boolean isEnding() {
        return ending;
    }

    /** From now on all threads are in a transaction that has no more than to end. */
    public void setEnding() {
        ending = true;
    }

    public One begin() {
        current.set(new One());
        return current.get();
    }

    public One suspend() {
        One suspended = current.get();
        current.remove();
        return suspended;
    }

    public void resume(One suspended) {
        current.set(suspended);
    }

    /** Commits, with {@code commit} in the middle, where the database does. */
    public void commit(Runnable commit) {
        One one = current.get();
        if (one.completion != null) {
            try {
                one.completion.beforeCommit();
            } catch (RuntimeException e) {
                rollback();
                throw e;
            }
        }
        commit.run();
        current.remove();
        if (one.completion != null) {
            one.completion.afterCompletion(Outcome.COMMITTED);
        }
    }

    /** Prepares, and then nobody knows. */
    public void loseTheOutcome() {
        endAs(Outcome.UNKNOWN);
    }

    /** Tries to commit, and says that it came to this. */
    public void endAs(Outcome outcome) {
        One one = current.get();
        one.completion.beforeCommit();
        current.remove();
        one.completion.afterCompletion(outcome);
    }

    public void rollback() {
        One one = current.get();
        current.remove();
        if (one.completion != null) {
            one.completion.afterCompletion(Outcome.ROLLED_BACK);
        }
    }
}
