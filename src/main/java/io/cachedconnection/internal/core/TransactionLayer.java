package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.Reader.Keeper;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Minds the caller's transaction. What it has evicted itself it reads from the repository, where its own writes are. What
 * it reads otherwise may be as old as the transaction, or its own write that is evicted only later; so that is stored when
 * the transaction has committed, and until then is for its own lookups.
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
        Keeper keeper = new InTransaction(transaction, read.key());
        if (!keeper.mayKeep()) {
            return bypass.read(read);
        }
        Copy<V> before = loadedBefore(transaction, read);
        return before != null
                ? before.answer()
                : next.read(read.by(read.reader().in(keeper, () -> settle(transaction))));
    }

    /** What the transaction has loaded before, and keeps until it commits. */
    private static <V> @Nullable Copy<V> loadedBefore(Transaction transaction, Read<V> read) {
        byte[] payload = transaction.attachment() instanceof TransactionWork work ? work.loaded(read.key()) : null;
        return payload == null ? null : Copy.of(read, Landing.with(payload, false));
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
            } catch (IllegalStateException e) {
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
            return protocol.maxTransactionAge();
        }
        // What is further back than max-transaction-age may be forgotten already.
        Duration settle = age.plus(protocol.budget());
        return settle.compareTo(protocol.maxTransactionAge()) > 0 ? FOR_EVER : settle;
    }
}
