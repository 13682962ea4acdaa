package io.cachedconnection;

/**
 * Counts what one cache has done on this node since the application started. An instance is an immutable snapshot. Its numbers
 * are read one after the other while other threads go on counting, so one of them may already contain a lookup that another
 * does not. Take it from {@link ConnectionCaches#statistics()}. Thread-safe.
 *
 * <pre>{@code
 * CacheStatistics before = caches.statistics().get("books");
 * books.find(id);
 * assertEquals(before.hits() + 1, caches.statistics().get("books").hits());
 * }</pre>
 *
 * <p>Do not implement this interface: later versions add methods.
 */
public interface CacheStatistics {

    /**
     * Lookups answered from the near cache in this node's memory, without Redis.
     *
     * @return how many, 0 or more
     */
    long nearHits();

    /**
     * Lookups answered from Redis.
     *
     * @return how many, 0 or more
     */
    long hits();

    /**
     * Lookups that asked Redis for a value and got none, because Redis has none or did not answer, or because an eviction of
     * the key waits on this node.
     *
     * @return how many, 0 or more
     */
    long misses();

    /**
     * Lookups that bypassed the cache, because it is switched off or because their transaction has written.
     *
     * @return how many, 0 or more
     */
    long bypasses();

    /**
     * Runs of the repository method, including those that threw an exception.
     *
     * @return how many, 0 or more
     */
    long loads();

    /**
     * Runs of the repository method that threw an exception.
     *
     * @return how many, 0 or more
     */
    long loadFailures();

    /**
     * Values written to Redis, by loads and by puts.
     *
     * @return how many, 0 or more
     */
    long stores();

    /**
     * Evictions of keys and of the whole cache that Redis has confirmed. Evictions by tag are not counted here, because a tag
     * belongs to no cache.
     *
     * @return how many, 0 or more
     */
    long evictions();

    /**
     * Entries in Redis that could not be decoded and were removed.
     *
     * @return how many, 0 or more
     */
    long undecodable();

    /**
     * Entries in Redis that were written with another version of the value's type or of the format and were removed. Expect
     * some while two versions of an application run at the same time.
     *
     * @return how many, 0 or more
     */
    long outdated();

    /**
     * Entries in Redis that should be encrypted but were not encrypted with one of this application's keys for this cache key,
     * or that are older than their TTL. They were removed.
     *
     * @return how many, 0 or more
     */
    long untrusted();

    /**
     * Hits that were compared with a fresh load, as {@code cached-connection.verify.sample} demands. While this is 0, a count
     * of 0 {@link #lies() lies} means nothing.
     *
     * @return how many, 0 or more
     */
    long verified();

    /**
     * Verified hits that differed from a fresh load although no write explains it: a write has bypassed the cache.
     *
     * @return how many, 0 or more
     */
    long lies();

    /**
     * Lookups and writes that Redis refused or did not answer in time, or for which Redis was not asked, because it is
     * unavailable or has more callers than it can serve.
     *
     * @return how many, 0 or more
     */
    long failures();
}
