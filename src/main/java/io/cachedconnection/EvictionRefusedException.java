package io.cachedconnection;

import io.cachedconnection.internal.message.CoreMessage;

/**
 * Says that a write is refused before it commits, because Redis cannot be told to evict and
 * {@code cached-connection.evict.on-failure} is {@code FAIL}. Nothing was written: try again when Redis is back. In a
 * transaction it comes at the commit, as the cause of the rollback.
 */
public final class EvictionRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The cache. */
    private final String cache;

    /**
     * The refusal of a write that would make entries of {@code cache} old.
     *
     * @param cache the name of the cache; not null
     * @param cause why; not null
     */
    public EvictionRefusedException(String cache, Throwable cause) {
        super(CoreMessage.EVICTION_REFUSED.with(cache), cause);
        this.cache = cache;
    }

    /**
     * The cache whose entries the write would have made old.
     *
     * @return its name; never null
     */
    public String cache() {
        return cache;
    }
}
