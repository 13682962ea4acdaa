package io.cachedconnection.provider;

import io.cachedconnection.ConnectionCache.Loader;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The cache of provider connections for programmatic use, with keys {@code provider:conn:{id}}. Inject it. Thread-safe. Its
 * methods do not throw because of Redis: a failure is a miss or {@code false}, and is logged once. In a transaction, {@code
 * set} and {@code delete} take effect after the commit; until then the transaction's own lookups miss. After a rollback, or in
 * a transaction that {@code @Transactional} did not begin, {@code set} only evicts. With {@code evict.on-failure=FAIL} the
 * commit of such a transaction may be refused.
 *
 * <pre>{@code
 * @Inject ProviderConnectionCache cache;
 * ...
 * ProviderConnection connection = cache.get(id, () -> repository.load(id)); // null if there is no such connection
 * }</pre>
 */
public interface ProviderConnectionCache {

    /**
     * Returns the connection with this id if Redis has it.
     *
     * @param connectionId the id of the connection; not null
     * @return the connection; empty on a miss, on a failure of Redis, and on an unreadable entry
     */
    Optional<ProviderConnection> get(UUID connectionId);

    /**
     * Returns the connection with this id from the cache, or else from {@code loader}. All callers with this id, on all nodes,
     * share one load. The loaded connection is stored unless a write overlapped the load. Prefer this method to {@code get} and
     * {@code set}, which cannot see such a write and may store a stale connection. A transaction that has written the
     * connection always uses {@code loader}.
     *
     * @param connectionId the id of the connection; not null
     * @param loader loads the connection if the cache has none, and returns null if there is none; not null
     * @param <E> the exception that the loader may throw
     * @return the connection; null if there is none
     * @throws io.cachedconnection.CacheLieException if {@code verify.fail} is true, as in tests, and a write has bypassed the
     *     cache
     * @throws E if the loader, or the loader of a caller whose load is shared, throws it; nothing is stored
     * @throws IllegalStateException if the loader looks up the same connection on the same thread
     * @throws NullPointerException if an argument is null
     */
    <E extends Exception> @Nullable ProviderConnection get(
            UUID connectionId, Loader<? extends ProviderConnection, E> loader) throws E;

    /**
     * Stores a connection for the configured TTL, 300 seconds by default. Make sure that it is the current one in the database.
     * A failure of Redis is logged, not thrown.
     *
     * @param connection the connection; not null
     * @throws NullPointerException if {@code connection} is null
     */
    void set(ProviderConnection connection);

    /**
     * Stores a connection for the given TTL. Make sure that it is the current one in the database. A failure of Redis is
     * logged, not thrown.
     *
     * @param connection the connection; not null
     * @param ttl the TTL, with millisecond precision; 1 millisecond to 3650 days; not null
     * @throws IllegalArgumentException if {@code ttl} is out of range
     * @throws NullPointerException if an argument is null
     */
    void set(ProviderConnection connection, Duration ttl);

    /**
     * Removes the connection with this id.
     *
     * @param connectionId the id of the connection; not null
     * @return true if Redis had the connection (in a transaction: at the time of the call); false if not, or if Redis failed
     */
    boolean delete(UUID connectionId);

    /**
     * Whether Redis has an entry for the connection with this id, readable or not.
     *
     * @param connectionId the id of the connection; not null
     * @return true if there is an entry; false if not, or if Redis failed
     */
    boolean exists(UUID connectionId);
}
