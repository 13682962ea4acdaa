package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.store.Budget;
import io.cachedconnection.internal.engine.write.PendingWrites.DirtyFlag;
import io.cachedconnection.internal.engine.write.WriteProtocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a lookup is done.
 *
 * @param budget the time it may wait for the remote store
 * @param replicaLag how far back what it reads from the repository may lie, outside of transactions
 * @param keeper keeps what it has loaded until its transaction is committed; null outside of transactions
 * @param written whether its load has written what it looks up
 */
public record LookupContext(
        Budget budget, Duration replicaLag, @Nullable Keeper keeper, DirtyFlag written) {

    /** A lookup outside of transactions. */
    public static LookupContext outside(Budget budget, Duration replicaLag) {
        return new LookupContext(budget, replicaLag, null, new DirtyFlag());
    }

    /** This lookup in a transaction. */
    LookupContext in(Keeper transaction) {
        return new LookupContext(budget, replicaLag, transaction, written);
    }

    /** How far back what it reads from the repository may lie now: a transaction gets older while its lookup waits. */
    Duration settle() {
        return keeper == null ? replicaLag : keeper.settle();
    }

    /** Whether what it loads is for this caller only: it may hold what its transaction has not committed, or an old snapshot. */
    boolean isAlone() {
        return keeper != null || written.isSet();
    }

    /** Whether what it has just loaded may be stored, now or later: the load itself may have written. */
    boolean mayStore() {
        return !written.isSet() && (keeper == null || keeper.mayKeep());
    }

    /** A transaction, which keeps values until it is committed. */
    interface Keeper {

        /** Whether the transaction can still be committed, and has not written the key itself. */
        boolean mayKeep();

        /** Keeps a value; false if it does not. */
        boolean keep(WriteProtocol.DeferredFill value);

        /** How far back what the transaction reads may lie. */
        Duration settle();
    }
}
