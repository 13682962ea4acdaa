package io.cachedconnection.internal.core;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does writes under the protocol: announced before they commit, ended when their outcome is known. Thread-safe. */
final class Writer {

    private final TransactionScope transactions;
    private final WriteSteps steps;
    private final Supplier<String> names;

    Writer(Ports ports, WriteSteps steps) {
        this.transactions = ports.transactions();
        this.steps = steps;
        this.names = ports.tokens();
    }

    <T> @Nullable T write(List<Target> targets, Work<T> work) throws Exception {
        Changes changes = new Changes(names);
        targets.forEach(changes::evict);
        Transaction transaction = transactions.current();
        if (transaction == null) {
            return framed(changes, work);
        }
        if (!transaction.isRollbackOnly()) { // else nothing of it will ever be seen
            TransactionWrites.of(transaction, steps).add(changes);
        }
        return work.run(changes);
    }

    /** Whether a write of now is part of a transaction. */
    boolean isInTransaction() {
        return transactions.current() != null;
    }

    /** Whether the transaction of now, if any, has made {@code key} old: then what the remote store has is not for it. */
    boolean concerns(CacheKey key) {
        Transaction transaction = transactions.current();
        return transaction != null
                && transaction.attachment() instanceof TransactionWrites writes
                && writes.concern(key);
    }

    void evict(Target target) {
        Transaction transaction = transactions.current();
        Changes changes = new Changes(names);
        changes.evict(target);
        if (transaction == null) {
            steps.begin(changes.all());
            steps.end(changes.all(), Outcome.COMMITTED);
        } else if (!transaction.isRollbackOnly()) {
            TransactionWrites.of(transaction, steps).add(changes);
        }
    }

    /** Makes {@code key} old with the transaction of now, and lets {@code result} take its place after that. */
    void join(CacheKey key, @Nullable Entry result) {
        Transaction transaction = transactions.current();
        if (transaction != null && !transaction.isRollbackOnly()) {
            Changes changes = new Changes(names);
            changes.replace(key, result);
            TransactionWrites.of(transaction, steps).add(changes);
        }
    }

    /** Without a transaction the write commits somewhere in the course of the work. If that throws, it may have, too. */
    private <T> @Nullable T framed(Changes changes, Work<T> work) throws Exception {
        steps.begin(changes.all());
        Outcome outcome = Outcome.UNKNOWN;
        try {
            T result = work.run(changes);
            outcome = Outcome.COMMITTED;
            return result;
        } finally {
            steps.end(changes.all(), outcome);
        }
    }
}
