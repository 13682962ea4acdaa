package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.message.CoreMessage;

/** Thrown when a write is refused, because its eviction cannot be announced in the remote store in time. */
public final class RefusedWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String cache;

    private RefusedWriteException(CoreMessage message, String cache) {
        super(message.with(cache));
        this.cache = cache;
    }

    /** The remote store is unavailable before the commit. */
    static RefusedWriteException unannounced(String cache) {
        return new RefusedWriteException(CoreMessage.EVICTION_REFUSED, cache);
    }

    /** The write has ended, and its eviction is late. */
    static RefusedWriteException undelivered(String cache) {
        return new RefusedWriteException(CoreMessage.EVICTION_LATE, cache);
    }

    /** The key comes from the result, and is known too late. */
    static RefusedWriteException keyOfResult(String cache) {
        return new RefusedWriteException(CoreMessage.KEY_OF_RESULT_REFUSED, cache);
    }

    /** Returns the name of the cache. */
    public String cache() {
        return cache;
    }
}
