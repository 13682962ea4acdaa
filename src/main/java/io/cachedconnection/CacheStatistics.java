package io.cachedconnection;

/**
 * What one cache has done on this node since the application started. A snapshot: the numbers are read one after the
 * other while other threads go on counting.
 *
 * @param nearHits lookups answered from the near cache in this node's memory, without Redis
 * @param hits lookups answered from Redis
 * @param misses lookups that neither could answer, whatever the reason
 * @param loads runs of the repository method, also those that threw
 * @param loadFailures runs of the repository method that threw
 * @param stores values written to Redis
 * @param undecodable entries in Redis that could not be read as a value and were removed
 * @param outdated entries in Redis that another version of the value's type, or of the format, had left, and that were
 *     removed; to be expected while two versions of an application run at the same time
 * @param untrusted entries in Redis that should be encrypted and were not made with one of this application's keys for this
 *     key, or have outlived their life, and that were removed
 * @param failures lookups and writes that Redis was not asked for, did not answer in time or refused: because it is away, or
 *     because there are more callers than it can serve
 */
public record CacheStatistics(
        long nearHits,
        long hits,
        long misses,
        long loads,
        long loadFailures,
        long stores,
        long undecodable,
        long outdated,
        long untrusted,
        long failures) {}
