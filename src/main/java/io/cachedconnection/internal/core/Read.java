package io.cachedconnection.internal.core;

/**
 * One lookup.
 *
 * @param plan what it has in common with the method's other lookups
 * @param key what is looked up
 * @param loader runs the repository method
 * @param budget the time it may wait for the remote store
 */
record Read<V>(Plan<V> plan, CacheKey key, Loader<V> loader, Budget budget) {}
