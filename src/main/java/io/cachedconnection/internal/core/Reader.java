package io.cachedconnection.internal.core;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Who does a lookup, as far as it matters to the protocol.
 *
 * @param budget the time it may wait for the remote store
 * @param settle how far back what it reads from the repository may lie, at the moment of asking: a transaction gets older
 *     while its lookup waits; zero if it reads what is committed
 * @param alone whether what it loads is for its own eyes: it may hold what its transaction has not committed, or an old
 *     snapshot
 * @param mayFill whether what it has just loaded may be stored: the load itself may have written, or doomed its transaction
 */
record Reader(Budget budget, Supplier<Duration> settle, boolean alone, BooleanSupplier mayFill) {

    /** One that is in no transaction. */
    static Reader outside(Budget budget, Duration settle) {
        return new Reader(budget, () -> settle, false, () -> true);
    }
}
