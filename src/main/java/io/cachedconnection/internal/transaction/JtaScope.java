package io.cachedconnection.internal.transaction;

import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.internal.engine.write.Transaction;
import io.cachedconnection.internal.engine.write.TransactionScope;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Finds the transaction of the calling thread in the server's transaction manager. Thread-safe. */
public final class JtaScope implements TransactionScope {

    /** The key of a transaction's start time. It is a text, because all applications of the JVM share the clock. */
    private static final String BEGUN = "io.cachedconnection.begun";

    /** After a longer commit the client may have given up on it; drivers do not give up sooner. */
    private static final long LONG_COMMIT_NANOS = 1_000_000_000;

    private final TransactionSynchronizationRegistry registry;
    private final LongSupplier nanoTime;

    // The key of this library's completion in a transaction. A text would be equal in every application that contains
    // this
    // library.
    private final Object completionKey = new Object();
    private final Object frameKey = new Object();

    /** Uses the transactions of {@code registry} and measures their age with {@code nanoTime}. */
    public JtaScope(TransactionSynchronizationRegistry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
    }

    @Override
    public @Nullable Transaction current() {
        int status = registry.getTransactionStatus();
        boolean open = status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
        return open ? new JtaTransaction() : null;
    }

    @Override
    public boolean isEnding() {
        return switch (registry.getTransactionStatus()) {
            case Status.STATUS_PREPARING,
                    Status.STATUS_PREPARED,
                    Status.STATUS_COMMITTING,
                    Status.STATUS_COMMITTED,
                    Status.STATUS_ROLLING_BACK,
                    Status.STATUS_ROLLEDBACK,
                    Status.STATUS_UNKNOWN -> true;
            default -> false;
        };
    }

    /** Returns a frame for a call that may begin and commit a transaction. Call it before. */
    public JtaFrame frame() {
        return new JtaFrame(this::begun, nanoTime.getAsLong(), registry.getTransactionKey());
    }

    private void begun(JtaFrame frame) {
        if (current() instanceof JtaTransaction transaction) {
            transaction.beginIn(frame);
        }
    }

    /**
     * The transaction of the calling thread. The transaction manager holds its attachments by transaction, so suspended and
     * nested transactions are kept apart. Used by one thread.
     */
    final class JtaTransaction implements Transaction {

        private final @Nullable Object identity = registry.getTransactionKey();

        /** A method may end the transaction that it finds and begin another one. */
        @Override
        public boolean isCurrent() {
            return Objects.equals(identity, registry.getTransactionKey());
        }

        /** Also works after the thread has left the transaction. */
        @Override
        public boolean isRollbackOnly() {
            return !isCurrent() || registry.getTransactionStatus() != Status.STATUS_ACTIVE;
        }

        @Override
        public @Nullable Duration age() {
            return resource(BEGUN) instanceof Long begun ? Duration.ofNanos(nanoTime.getAsLong() - begun) : null;
        }

        @Override
        public @Nullable Object attachment() {
            return resource(completionKey);
        }

        /** Returns null also if a reaper has ended the transaction. */
        private @Nullable Object resource(Object key) {
            try {
                return registry.getResource(key);
            } catch (IllegalStateException e) {
                return null;
            }
        }

        /** Records that the call of {@code frame} has begun the transaction, unless the frame surrounds an older one. */
        void beginIn(JtaFrame frame) {
            if (identity != null && !identity.equals(frame.around())) {
                registry.putResource(BEGUN, frame.entered());
                registry.putResource(frameKey, frame);
            }
        }

        /**
         * Registers an interposed synchronization, which runs after the flush of JPA and so as close to the commit as possible.
         */
        @Override
        public void attach(Completion completion) {
            JtaFrame frame = resource(frameKey) instanceof JtaFrame known ? known : null;
            registry.registerInterposedSynchronization(new Synchronization() {

                private long announced = nanoTime.getAsLong();

                @Override
                public void beforeCompletion() {
                    try {
                        if (!registry.getRollbackOnly()) {
                            completion.beforeCommit();
                        }
                    } catch (RefusedWriteException e) { // the caller finds it as the cause of the rollback
                        throw new EvictionRefusedException(e.cache(), e);
                    }
                    announced = nanoTime.getAsLong();
                }

                @Override
                public void afterCompletion(int status) {
                    if (frame == null || !frame.takes(completion, status)) {
                        boolean isLong = nanoTime.getAsLong() - announced > LONG_COMMIT_NANOS;
                        completion.afterCompletion(reported(status, isLong));
                    }
                }
            });
            registry.putResource(
                    completionKey, completion); // attached only once registered, so that it will be completed
        }
    }

    /** Heuristic outcomes count as unknown, and so does a commit on which the client may have given up. */
    private static Outcome reported(int status, boolean isLong) {
        return switch (status) {
            case Status.STATUS_COMMITTED -> isLong ? Outcome.UNKNOWN : Outcome.REPORTED_COMMITTED;
            case Status.STATUS_ROLLEDBACK -> Outcome.ROLLED_BACK;
            default -> Outcome.UNKNOWN;
        };
    }
}
