package io.cachedconnection;

/**
 * Thrown when a lookup got a value from the cache that its method no longer returns, although no write has announced a change:
 * a write has bypassed the cache. Only lookups with {@code cached-connection.verify.fail=true}, a setting for tests, throw it,
 * and only for the hits that {@code cached-connection.verify.sample} selects. The entry is already evicted, so the next lookup
 * loads.
 *
 * <pre>{@code
 * cached-connection.verify.sample=1
 * cached-connection.verify.fail=true
 * }</pre>
 *
 * <p>The lookup first waits for {@code cached-connection.evict.timeout} (1 s by default), because a late eviction may still
 * arrive. An EJB container wraps the exception like any unchecked exception. A lookup in a transaction never throws it: hits
 * there are not verified, because the database shows the transaction its own snapshot.
 *
 * <p>The message contains the name of the cache and the beginning of a hash of the key. It never contains the key or a value.
 */
public final class CacheLieException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The cache. */
    private final String cache;

    /**
     * Creates the failure of a lookup in {@code cache}.
     *
     * @param cache the name of the cache; not null
     * @param cause the reason; its message becomes the message of this exception; not null
     */
    public CacheLieException(String cache, Throwable cause) {
        super(cause.getMessage(), cause);
        this.cache = cache;
    }

    /**
     * Returns the cache that answered.
     *
     * @return its name; never null
     */
    public String cache() {
        return cache;
    }
}
