package io.cachedconnection.internal.core;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Minds the caller's transaction. What it has evicted itself it reads from the repository, where its own writes are; what
 * it reads otherwise may be as old as the transaction, and a transaction that can only be rolled back fills nothing.
 */
final class TransactionLayer implements Layer {

    private static final Duration FOR_EVER = Duration.ofDays(36500);

    private final TransactionScope transactions;
    private final OwnWrites own;
    private final Protocol protocol;
    private final Layer next;
    private final Layer bypass;

    TransactionLayer(TransactionScope transactions, OwnWrites own, Protocol protocol, Layer next, Layer bypass) {
        this.transactions = transactions;
        this.own = own;
        this.protocol = protocol;
        this.next = next;
        this.bypass = bypass;
    }

    @Override
    public <V> Answer<V> read(Read<V> read) throws Exception {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            boolean uncommitted = transactions.isEnding() || own.areRunningOn(read.key());
            return (uncommitted ? bypass : next).read(read);
        }
        BooleanSupplier mayStore = () -> !sees(transaction, read.key());
        return mayStore.getAsBoolean()
                ? next.read(read.by(new Reader(read.budget(), () -> settle(transaction), true, mayStore)))
                : bypass.read(read);
    }

    /** Whether it sees writes of its own; once it can only be rolled back, they are not noted any more. */
    private boolean sees(Transaction transaction, CacheKey key) {
        return transaction.isRollbackOnly() || own.areRunningOn(key) || OwnWrites.areIn(transaction, key);
    }

    private Duration settle(Transaction transaction) {
        if (transaction.isRollbackOnly()) {
            return FOR_EVER;
        }
        Duration age = transaction.age();
        if (age == null) {
            return protocol.maxTransactionAge();
        }
        // What is further back than max-transaction-age may be forgotten already.
        Duration settle = age.plus(protocol.budget());
        return settle.compareTo(protocol.maxTransactionAge()) > 0 ? FOR_EVER : settle;
    }
}
