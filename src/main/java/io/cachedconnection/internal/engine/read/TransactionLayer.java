package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.read.LookupContext.Keeper;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.write.PendingWrites;
import io.cachedconnection.internal.engine.write.Transaction;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.engine.write.WriteProtocol.DeferredFill;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bypasses the cache while it is switched off, and where the caller's transaction has evicted the key itself: its own writes
 * are in the repository. What a transaction reads otherwise may be as old as the transaction, or its own write that is
 * evicted only later; so that is stored when the transaction has committed.
 */
public final class TransactionLayer implements Layer {

    private final TransactionScope transactions;
    private final PendingWrites own;
    private final ProtocolSettings protocol;
    private final Layer next;
    private final Layer bypass;
    private final Supplier<Boolean> outside; // made once, for it is asked in every lookup

    public TransactionLayer(
            TransactionScope transactions, PendingWrites own, ProtocolSettings protocol, Layer next, Layer bypass) {
        this.transactions = transactions;
        this.own = own;
        this.protocol = protocol;
        this.next = next;
        this.bypass = bypass;
        this.outside = transactions::isOutside;
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        if (!lookup.binding().isOn() || own.passBy(lookup)) {
            return bypass.read(lookup);
        }
        if (SafeCalls.or(false, outside)) {
            return next.read(lookup);
        }
        LookupContext context = SafeCalls.orNull(() -> inside(lookup));
        return context == null ? bypass.read(lookup) : next.read(lookup.with(context, lookup));
    }

    @Override
    public <V> StoreResult<V> find(Lookup<V> lookup) {
        return withoutLoad(lookup).find(lookup);
    }

    @Override
    public Ack contains(Lookup<?> lookup) {
        return withoutLoad(lookup).contains(lookup);
    }

    private Layer withoutLoad(Lookup<?> lookup) {
        return lookup.binding().isOn() && !own.concern(lookup.key()) ? next : bypass;
    }

    /** The context of a lookup in the transaction; null if the cache is to be bypassed. */
    private @Nullable LookupContext inside(Lookup<?> lookup) {
        Transaction transaction = transactions.current();
        Keeper keeper = transaction == null ? null : new InTransaction(transaction, lookup.key());
        return keeper != null && keeper.mayKeep() ? lookup.context().in(keeper) : null;
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
         * Once it can only be rolled back, its writes are not noted any more. And with another transaction active, it is
         * unknown in which of them a value was read.
         */
        @Override
        public boolean mayKeep() {
            return SafeCalls.or(
                    false,
                    () -> !transaction.isRollbackOnly()
                            && transaction.otherActive() == null
                            && !transactions.isEnding()
                            && !own.areRunningOn(key)
                            && !PendingWrites.areIn(transaction, key));
        }

        /** Not if the transaction has come too far to tell of its end. */
        @Override
        public boolean keep(DeferredFill value) {
            return SafeCalls.or(false, () -> own.in(transaction).keep(value));
        }

        @Override
        public Duration settle() {
            return SafeCalls.or(EntryFormat.FOR_EVER, () -> {
                if (transaction.isRollbackOnly()) {
                    return EntryFormat.FOR_EVER;
                }
                Duration age = transaction.age();
                if (age == null) { // a reaper may have ended it
                    return transaction.isRollbackOnly() ? EntryFormat.FOR_EVER : protocol.longestSettle();
                }
                Duration settle = protocol.settle(age);
                return settle == null ? EntryFormat.FOR_EVER : settle;
            });
        }
    }
}
