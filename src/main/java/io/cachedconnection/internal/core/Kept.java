package io.cachedconnection.internal.core;

import java.util.function.Function;

/**
 * A value that was loaded in a transaction, and is stored when that is committed: before, it may hold what nobody else is
 * to see. Until then the load has its lease, so a write that comes in between keeps the value from being stored.
 *
 * @param key the key
 * @param payload the value, for other lookups in the transaction
 * @param fill stores it
 * @param release gives only the lease back
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record Kept(CacheKey key, byte[] payload, Function<Budget, Reply> fill, Function<Budget, Reply> release) {

    /** To be called when the transaction is over. */
    Reply over(boolean committed, Budget budget) {
        return (committed ? fill : release).apply(budget);
    }
}
