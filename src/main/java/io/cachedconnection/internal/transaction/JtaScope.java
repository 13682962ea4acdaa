package io.cachedconnection.internal.transaction;

import io.cachedconnection.internal.core.Transaction;
import io.cachedconnection.internal.core.TransactionScope;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The transaction of the calling thread, as the server's transaction manager has it. Thread-safe. */
public final class JtaScope implements TransactionScope {

    final TransactionSynchronizationRegistry registry;
    final LongSupplier nanoTime;

    // Where a transaction keeps what is attached to it; texts would be the same in every application that has this
    // library.
    final Object completion = new Object();
    final Object frame = new Object();

    /** The transactions of {@code registry}; their age is measured with {@code nanoTime}. */
    public JtaScope(TransactionSynchronizationRegistry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
    }

    @Override
    public @Nullable Transaction current() {
        int status = registry.getTransactionStatus();
        boolean open = status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
        return open ? new JtaTransaction(this) : null;
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

    /** For a call that may begin a transaction and commit it, before it does. */
    public JtaFrame frame() {
        return new JtaFrame(this, nanoTime.getAsLong(), registry.getTransactionKey());
    }
}
