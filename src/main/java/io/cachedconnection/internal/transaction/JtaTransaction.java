package io.cachedconnection.internal.transaction;

import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.internal.core.Outcome;
import io.cachedconnection.internal.core.RefusedWriteException;
import io.cachedconnection.internal.core.Transaction;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The transaction that the calling thread is in. What is attached to it lives in the transaction manager, by transaction,
 * so suspended and nested ones are kept apart. Used by one thread.
 */
final class JtaTransaction implements Transaction {

    /** What the time of its beginning is kept under: a text, for all applications of the JVM have the same clock. */
    private static final String BEGUN = "io.cachedconnection.begun";

    /** A commit that takes longer may be one whose client has given up; drivers do not give up sooner. */
    private static final long LONG_COMMIT_NANOS = 1_000_000_000;

    private final JtaScope scope;
    private final @Nullable Object identity;

    JtaTransaction(JtaScope scope) {
        this.scope = scope;
        this.identity = scope.registry.getTransactionKey();
    }

    /** A method may end a transaction that it finds, and begin another one. */
    @Override
    public boolean isCurrent() {
        return Objects.equals(identity, scope.registry.getTransactionKey());
    }

    /** Also when the thread has left it. */
    @Override
    public boolean isRollbackOnly() {
        return !isCurrent() || scope.registry.getTransactionStatus() != Status.STATUS_ACTIVE;
    }

    @Override
    public @Nullable Duration age() {
        return resource(BEGUN) instanceof Long begun ? Duration.ofNanos(scope.nanoTime.getAsLong() - begun) : null;
    }

    @Override
    public @Nullable Object attachment() {
        return resource(scope.completion);
    }

    /** Null also if a reaper has ended the transaction. */
    private @Nullable Object resource(Object key) {
        try {
            return scope.registry.getResource(key);
        } catch (IllegalStateException e) {
            return null;
        }
    }

    /** Notes that the call of {@code frame} has begun it, unless that has gone around an older one. */
    void beginIn(JtaFrame frame) {
        if (identity != null && !identity.equals(frame.around())) {
            scope.registry.putResource(BEGUN, frame.entered());
            scope.registry.putResource(scope.frame, frame);
        }
    }

    /** A refusal is what a user finds as the cause of the rollback, so it is the one of the API. */
    private static void announce(Completion completion) {
        try {
            completion.beforeCommit();
        } catch (RefusedWriteException e) {
            throw new EvictionRefusedException(e.cache(), e);
        }
    }

    /** Interposed: that is after the flush of JPA, as near to the commit as can be. */
    @Override
    public void attach(Completion completion) {
        JtaFrame frame = resource(scope.frame) instanceof JtaFrame known ? known : null;
        scope.registry.registerInterposedSynchronization(new Synchronization() {

            private long announced = scope.nanoTime.getAsLong();

            @Override
            public void beforeCompletion() {
                if (!scope.registry.getRollbackOnly()) {
                    announce(completion);
                }
                announced = scope.nanoTime.getAsLong();
            }

            @Override
            public void afterCompletion(int status) {
                if (frame == null || !frame.takes(completion, status)) {
                    boolean isLong = scope.nanoTime.getAsLong() - announced > LONG_COMMIT_NANOS;
                    completion.afterCompletion(reported(status, isLong));
                }
            }
        });
        scope.registry.putResource(scope.completion, completion); // only what is registered is ever completed
    }

    /** Heuristic outcomes, and those that nobody knows, are unknown; so is a commit that a client may have given up on. */
    private static Outcome reported(int status, boolean isLong) {
        return switch (status) {
            case Status.STATUS_COMMITTED -> isLong ? Outcome.UNKNOWN : Outcome.REPORTED_COMMITTED;
            case Status.STATUS_ROLLEDBACK -> Outcome.ROLLED_BACK;
            default -> Outcome.UNKNOWN;
        };
    }
}
