package io.cachedconnection;

/**
 * Says that a write is refused before it commits, because {@code cached-connection.evict.on-failure} is {@code FAIL} and
 * Redis cannot be told before the commit what to evict: it takes no writes for {@code cached-connection.evict.timeout} (1 s
 * by default), then try again when it does; or the key comes from the write's result and there is no transaction, then call
 * it in one. Nothing was written. In a transaction it comes at the commit, as the cause of the rollback.
 *
 * <p>From {@link ConnectionCache#evict}, {@link ConnectionCache#clear} and {@link ConnectionCaches#evictTags} outside a transaction it says that the eviction is
 * late: it is kept, and delivered when Redis is back.
 */
public final class EvictionRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The cache. */
    private final String cache;

    /**
     * The refusal of a write that would make entries of {@code cache} old.
     *
     * @param cache the name of the cache; not null
     * @param cause why, with a message that says so to the user; not null
     */
    public EvictionRefusedException(String cache, Throwable cause) {
        super(cause.getMessage(), cause);
        this.cache = cache;
    }

    /**
     * The cache whose entries the write would have made old.
     *
     * @return its name, or {@code (tags)} where a tag is evicted, which belongs to no cache; never null
     */
    public String cache() {
        return cache;
    }
}
