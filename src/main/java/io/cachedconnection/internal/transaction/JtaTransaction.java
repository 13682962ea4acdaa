package io.cachedconnection.internal.transaction;

import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.internal.core.Outcome;
import io.cachedconnection.internal.core.RefusedWriteException;
import io.cachedconnection.internal.core.Transaction;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The transaction that the calling thread is in. What is attached to it lives in the transaction manager, by transaction,
 * so suspended and nested ones are kept apart. Used by one thread.
 */
final class JtaTransaction implements Transaction {

    /** What the time of its beginning is kept under: a text, for all applications of the JVM have the same clock. */
    static final String BEGUN = "io.cachedconnection.begun";

    private final TransactionSynchronizationRegistry registry;
    private final LongSupplier nanoTime;
    private final Object place;
    private final @Nullable Object identity;

    /** What is attached is kept at {@code place}, of which each application has its own. */
    JtaTransaction(TransactionSynchronizationRegistry registry, LongSupplier nanoTime, Object place) {
        this.registry = registry;
        this.nanoTime = nanoTime;
        this.place = place;
        this.identity = registry.getTransactionKey();
    }

    /** A method may end a transaction that it finds, and begin another one. */
    @Override
    public boolean isCurrent() {
        return Objects.equals(identity, registry.getTransactionKey());
    }

    /** Also when the thread has left it. */
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
        return resource(place);
    }

    /** Null also if a reaper has ended the transaction. */
    private @Nullable Object resource(Object key) {
        try {
            return registry.getResource(key);
        } catch (IllegalStateException e) {
            return null;
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
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                if (!registry.getRollbackOnly()) {
                    announce(completion);
                }
            }

            @Override
            public void afterCompletion(int status) {
                completion.afterCompletion(outcome(status));
            }
        });
        registry.putResource(place, completion); // only what is registered is ever completed
    }

    /** Heuristic outcomes, and those that nobody knows, are unknown. */
    private static Outcome outcome(int status) {
        return switch (status) {
            case Status.STATUS_COMMITTED -> Outcome.COMMITTED;
            case Status.STATUS_ROLLEDBACK -> Outcome.ROLLED_BACK;
            default -> Outcome.UNKNOWN;
        };
    }
}
