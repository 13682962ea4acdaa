package io.cachedconnection.internal.core;

import io.cachedconnection.internal.message.CoreMessage;

/** Says that a write is refused before it commits, because the remote store cannot be told to evict. */
public final class RefusedWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String cache;

    RefusedWriteException(String cache) {
        super(CoreMessage.EVICTION_REFUSED.with(cache));
        this.cache = cache;
    }

    /** The name of the cache. */
    public String cache() {
        return cache;
    }
}
