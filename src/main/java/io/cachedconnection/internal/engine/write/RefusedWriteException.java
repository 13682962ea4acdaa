package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.message.CoreMessage;

/** Says that a write is refused before it commits, because the remote store cannot be told to evict in time. */
public final class RefusedWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String cache;

    private RefusedWriteException(CoreMessage message, String cache) {
        super(message.with(cache));
        this.cache = cache;
    }

    /** The remote store is not there. */
    static RefusedWriteException unannounced(String cache) {
        return new RefusedWriteException(CoreMessage.EVICTION_REFUSED, cache);
    }

    /** The write is over, and its eviction is late. */
    static RefusedWriteException undelivered(String cache) {
        return new RefusedWriteException(CoreMessage.EVICTION_LATE, cache);
    }

    /** Which key is to be evicted is known too late. */
    static RefusedWriteException keyOfResult(String cache) {
        return new RefusedWriteException(CoreMessage.KEY_OF_RESULT_REFUSED, cache);
    }

    /** The name of the cache. */
    public String cache() {
        return cache;
    }
}
