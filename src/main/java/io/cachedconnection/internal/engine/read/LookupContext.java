package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.store.Budget;
import io.cachedconnection.internal.engine.write.PendingWrites.DirtyFlag;
import io.cachedconnection.internal.engine.write.WriteProtocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The context of a lookup: its budget and its transaction.
 *
 * @param budget the time that it may wait for the remote store
 * @param replicaLag how far behind the repository's data may be, outside of transactions
 * @param keeper keeps the loaded value until its transaction commits; null outside of transactions
 * @param written whether the load has written the key
 */
public record LookupContext(
        Budget budget, Duration replicaLag, @Nullable Keeper keeper, DirtyFlag written) {

    /** Creates a context outside of transactions. */
    public static LookupContext outside(Budget budget, Duration replicaLag) {
        return new LookupContext(budget, replicaLag, null, new DirtyFlag());
    }

    /** Returns this context in a transaction. */
    LookupContext in(Keeper transaction) {
        return new LookupContext(budget, replicaLag, transaction, written);
    }

    /** Returns how old the repository's data may be now: a transaction ages while its lookup waits. */
    Duration settle() {
        return keeper == null ? replicaLag : keeper.settle();
    }

    /** Whether its value is for this caller only, because it may contain uncommitted data or come from an old snapshot. */
    boolean isAlone() {
        return keeper != null || written.isSet();
    }

    /** Whether the value just loaded may be stored, now or later; false if the load itself has written the key. */
    boolean mayStore() {
        return !written.isSet() && (keeper == null || keeper.mayKeep());
    }

    /** A transaction that keeps values until its commit. */
    interface Keeper {

        /** Whether the transaction can still be committed, and has not written the key itself. */
        boolean mayKeep();

        /** Keeps a value; false if it refuses. */
        boolean keep(WriteProtocol.DeferredFill value);

        /** Returns how old the data that the transaction reads may be. */
        Duration settle();
    }
}
