package io.cachedconnection.internal.core;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who does a lookup, as far as it matters to the protocol.
 *
 * @param budget the time it may wait for the remote store
 * @param settle how far back what it reads from the repository may lie, at the moment of asking: a transaction gets older
 *     while its lookup waits; zero if it reads what is committed
 * @param keeper keeps what it has loaded until its transaction is committed; null if it is in none
 * @param watch whether its load has written what it looks up
 */
record LookupContext(
        Budget budget, Supplier<Duration> settle, @Nullable Keeper keeper, DirtyFlag watch) {

    /** One that is in no transaction. */
    static LookupContext outside(Budget budget, Duration settle) {
        return new LookupContext(budget, () -> settle, null, new DirtyFlag());
    }

    /** The same, in a transaction. */
    LookupContext in(Keeper transaction, Supplier<Duration> since) {
        return new LookupContext(budget, since, transaction, watch);
    }

    /**
     * Whether what it loads is for its own eyes: it may hold what a transaction of its own has not committed, or an old
     * snapshot.
     */
    boolean isAlone() {
        return keeper != null || watch.hasWritten();
    }

    /** Whether what it has just loaded may be stored, now or later: the load itself may have written. */
    boolean mayStore() {
        return !watch.hasWritten() && (keeper == null || keeper.mayKeep());
    }

    /** Keeps values until a transaction is committed. */
    interface Keeper {

        /** Whether the transaction can still be committed, and has not written the key itself. */
        boolean mayKeep();

        /** Keeps a value; false if it does not. */
        boolean keep(DeferredFill value);
    }
}
