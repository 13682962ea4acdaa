package io.cachedconnection.internal.core;

/**
 * The place of one value: its cache and the exact text that names it in the remote store.
 *
 * @param cache the name of the cache
 * @param text the whole key, with every prefix; at most 512 bytes of UTF-8
 */
public record CacheKey(String cache, String text) {

    /** Names the cache only: a key is made of arguments, and those never reach a log. */
    @Override
    public String toString() {
        return "CacheKey[cache=" + cache + "]";
    }
}
