package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.LookupContext.Keeper;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Minds the caller's transaction. What it has evicted itself it reads from the repository, where its own writes are. What
 * it reads otherwise may be as old as the transaction, or its own write that is evicted only later; so that is stored when
 * the transaction has committed.
 */
final class TransactionLayer implements Layer {

    private static final Duration FOR_EVER = Duration.ofDays(36500);

    private final TransactionScope transactions;
    private final PendingWrites own;
    private final Protocol protocol;
    private final Layer next;
    private final Layer bypass;
    private final Supplier<Boolean> outside; // made once, for it is asked in every lookup

    TransactionLayer(TransactionScope transactions, PendingWrites own, Protocol protocol, Layer next, Layer bypass) {
        this.transactions = transactions;
        this.own = own;
        this.protocol = protocol;
        this.next = next;
        this.bypass = bypass;
        this.outside = () -> transactions.current() == null && !transactions.isEnding();
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        if (own.passBy(lookup)) {
            return bypass.read(lookup);
        }
        if (SafeCalls.or(false, outside)) {
            return next.read(lookup);
        }
        LookupContext context = SafeCalls.orNull(() -> inside(lookup));
        if (context == null) {
            return bypass.read(lookup);
        }
        lookup.isBy(context);
        return next.read(lookup);
    }

    /** Who reads in the transaction; null if the cache is none of its business. */
    private @Nullable LookupContext inside(Lookup<?> lookup) {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            return null;
        }
        Keeper keeper = new InTransaction(transaction, lookup.key());
        return keeper.mayKeep()
                ? lookup.reader().in(keeper, () -> SafeCalls.or(FOR_EVER, () -> settle(transaction)))
                : null;
    }

    /** A transaction as the keeper of what was loaded for one key. */
    private final class InTransaction implements Keeper {

        private final Transaction transaction;
        private final EntryKey key;

        InTransaction(Transaction transaction, EntryKey key) {
            this.transaction = transaction;
            this.key = key;
        }

        /**
         * Once it can only be rolled back, its writes are not noted any more. And beside another transaction, nobody knows in
         * which of them a value was read.
         */
        @Override
        public boolean mayKeep() {
            return SafeCalls.or(
                    false,
                    () -> !transaction.isRollbackOnly()
                            && transaction.besides() == null
                            && !transactions.isEnding()
                            && !own.areRunningOn(key)
                            && !PendingWrites.areIn(transaction, key));
        }

        /** Not if it has come too far to tell anybody of its end. */
        @Override
        public boolean keep(DeferredFill value) {
            return SafeCalls.or(false, () -> own.in(transaction).keep(value));
        }
    }

    private Duration settle(Transaction transaction) {
        if (transaction.isRollbackOnly()) {
            return FOR_EVER;
        }
        Duration age = transaction.age();
        if (age == null) {
            return transaction.isRollbackOnly() ? FOR_EVER : protocol.longestSettle(); // a reaper may have ended it
        }
        Duration settle = protocol.settle(age);
        return settle == null ? FOR_EVER : settle;
    }
}
