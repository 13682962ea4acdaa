package io.cachedconnection;

/**
 * Thrown when a write is refused before it commits, because {@code cached-connection.evict.on-failure} is {@code FAIL} and the
 * eviction cannot be announced in Redis. There are two causes. Redis accepts no writes for {@code
 * cached-connection.evict.timeout} (1 s by default): retry later. Or the key comes from the result of the write and there is no
 * transaction: call the method in a transaction. Nothing was written. In a transaction, the exception is the cause of the
 * rollback.
 *
 * <p>{@link ConnectionCache#evict}, {@link ConnectionCache#clear} and {@link ConnectionCaches#evictTags} outside a transaction
 * throw it to report a late eviction: the eviction is kept and delivered when Redis is available.
 *
 * <pre>{@code
 * try {
 *     accounts.rename(id, owner); // has @EvictConnection
 * } catch (EvictionRefusedException e) {
 *     return Response.status(503).header("Retry-After", 5).build();
 * }
 * }</pre>
 */
public final class EvictionRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The cache. */
    private final String cache;

    /**
     * Creates the refusal of a write that would make entries of {@code cache} stale.
     *
     * @param cache the name of the cache; not null
     * @param cause the reason; its message becomes the message of this exception; not null
     */
    public EvictionRefusedException(String cache, Throwable cause) {
        super(cause.getMessage(), cause);
        this.cache = cache;
    }

    /**
     * Returns the cache whose entries the write would have made stale.
     *
     * @return its name, or {@code (tags)} for a tag, which belongs to no cache; never null
     */
    public String cache() {
        return cache;
    }
}
