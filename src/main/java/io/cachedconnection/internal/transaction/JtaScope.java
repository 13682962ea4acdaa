package io.cachedconnection.internal.transaction;

import io.cachedconnection.internal.core.Transaction;
import io.cachedconnection.internal.core.TransactionScope;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The transaction of the calling thread, as the server's transaction manager has it. Thread-safe. */
public final class JtaScope implements TransactionScope {

    private final TransactionSynchronizationRegistry registry;
    private final LongSupplier nanoTime;

    /** Where what is attached is kept; a text would be the same one in every application that has this library. */
    private final Object place = new Object();

    /** The transactions of {@code registry}; their age is measured with {@code nanoTime}. */
    public JtaScope(TransactionSynchronizationRegistry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
    }

    @Override
    public @Nullable Transaction current() {
        int status = registry.getTransactionStatus();
        boolean open = status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
        return open ? new JtaTransaction(registry, nanoTime, place) : null;
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

    /** To be called in a transaction as soon as it has begun: from now on its age is known. The first call counts. */
    public void begun() {
        if (current() != null && registry.getResource(JtaTransaction.BEGUN) == null) {
            registry.putResource(JtaTransaction.BEGUN, nanoTime.getAsLong());
        }
    }
}
