package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.Reader.Keeper;
import java.time.Duration;

/**
 * Minds the caller's transaction. What it has evicted itself it reads from the repository, where its own writes are. What
 * it reads otherwise may be as old as the transaction, or its own write that is evicted only later; so that is stored when
 * the transaction has committed.
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
        if (own.passBy(read.key())) {
            return bypass.read(read);
        }
        Transaction transaction = transactions.current();
        if (transaction == null) {
            return (transactions.isEnding() ? bypass : next).read(read);
        }
        Keeper keeper = new InTransaction(transaction, read.key());
        return keeper.mayKeep()
                ? next.read(read.by(read.reader().in(keeper, () -> settle(transaction))))
                : bypass.read(read);
    }

    /** A transaction as the keeper of what was loaded for one key. */
    private final class InTransaction implements Keeper {

        private final Transaction transaction;
        private final CacheKey key;

        InTransaction(Transaction transaction, CacheKey key) {
            this.transaction = transaction;
            this.key = key;
        }

        /** Once it can only be rolled back, its writes are not noted any more. */
        @Override
        public boolean mayKeep() {
            return !transaction.isRollbackOnly() && !own.areRunningOn(key) && !OwnWrites.areIn(transaction, key);
        }

        @Override
        public boolean keep(Kept value) {
            try {
                return own.in(transaction).keep(value);
            } catch (RuntimeException e) {
                return false; // it has come too far to tell anybody of its end
            }
        }
    }

    private Duration settle(Transaction transaction) {
        if (transaction.isRollbackOnly()) {
            return FOR_EVER;
        }
        Duration age = transaction.age();
        if (age == null) {
            return transaction.isRollbackOnly() ? FOR_EVER : protocol.maxTransactionAge(); // a reaper may have ended it
        }
        // What is further back than max-transaction-age may be forgotten already.
        Duration settle = age.plus(protocol.budget());
        return settle.compareTo(protocol.maxTransactionAge()) > 0 ? FOR_EVER : settle;
    }
}
