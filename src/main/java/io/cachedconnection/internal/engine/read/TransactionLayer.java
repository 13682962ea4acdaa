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
 * Bypasses the cache while it is switched off, and for keys that the caller's transaction has evicted, because its own writes
 * are in the repository. Other values that a transaction loads may be as old as the transaction, or contain its own writes that
 * are evicted later; so they are stored after the commit.
 */
public final class TransactionLayer implements Layer {

    private final TransactionScope transactions;
    private final PendingWrites own;
    private final ProtocolSettings protocol;
    private final Layer next;
    private final Layer bypass;
    private final Supplier<Boolean> outside; // created once, because each lookup reads it

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
            return bypassing(lookup).read(lookup);
        }
        if (SafeCalls.or(false, outside)) {
            return next.read(lookup);
        }
        LookupContext context = SafeCalls.orNull(() -> inside(lookup));
        return context == null ? bypassing(lookup).read(lookup) : next.read(lookup.with(context, lookup));
    }

    private Layer bypassing(Lookup<?> lookup) {
        lookup.countBypass();
        return bypass;
    }

    @Override
    public <V> StoreResult<V> find(Lookup<V> lookup) {
        Layer layer = withoutLoad(lookup);
        if (layer == bypass) {
            lookup.countBypass();
        }
        return layer.find(lookup);
    }

    @Override
    public Ack contains(Lookup<?> lookup) {
        return withoutLoad(lookup).contains(lookup);
    }

    private Layer withoutLoad(Lookup<?> lookup) {
        return lookup.binding().isOn() && !own.concern(lookup.key()) ? next : bypass;
    }

    /** Returns the context of a lookup in the transaction; null for a bypass. */
    private @Nullable LookupContext inside(Lookup<?> lookup) {
        Transaction transaction = transactions.current();
        Keeper keeper = transaction == null ? null : new InTransaction(transaction, lookup.key());
        return keeper != null && keeper.mayKeep() ? lookup.context().in(keeper) : null;
    }

    /** A transaction that keeps the loaded value of one key. */
    private final class InTransaction implements Keeper {

        private final Transaction transaction;
        private final EntryKey key;

        InTransaction(Transaction transaction, EntryKey key) {
            this.transaction = transaction;
            this.key = key;
        }

        /**
         * A transaction that can only be rolled back does not record writes any more. With another active transaction, it is
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

        /** Refuses if the transaction is too far along to report its end. */
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
