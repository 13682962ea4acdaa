package io.cachedconnection.internal.core;

import java.util.function.Function;

/**
 * A value that was loaded in a transaction, and is stored when that is committed: before, it may hold what nobody else is
 * to see. Until then the load has its lease, so a write that comes in between keeps the value from being stored.
 *
 * @param key the key
 * @param loader the thread that loaded it
 * @param fill stores it
 * @param release gives only the lease back
 */
record DeferredFill(EntryKey key, Thread loader, Function<Budget, Ack> fill, Function<Budget, Ack> release) {}
