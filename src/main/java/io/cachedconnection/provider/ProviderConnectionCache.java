package io.cachedconnection.provider;

import io.cachedconnection.ConnectionCache.Loader;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The cache of provider connections, under the key {@code provider:conn:{id}}, for programmatic use. Inject it; it is thread-safe.
 * None of its methods throws because of Redis: a failure is a miss, or {@code false}, and is logged once. In a transaction,
 * what {@code set} and {@code delete} do belongs to it: done after the commit, and meanwhile the transaction itself finds
 * nothing there. After a rollback, or in a transaction that {@code @Transactional} did not begin, {@code set} only evicts. Where {@code evict.on-failure} is {@code FAIL}, its commit may then be refused.
 *
 * <pre>{@code
 * @Inject ProviderConnectionCache cache;
 * ...
 * ProviderConnection connection = cache.get(id, () -> entities.find(id));
 * }</pre>
 */
public interface ProviderConnectionCache {

    /**
     * The connection of this id, as Redis has it.
     *
     * @param connectionId the id of the connection; not null
     * @return the connection; empty on a miss, on a failure of Redis, and on an entry that cannot be read
     */
    Optional<ProviderConnection> get(UUID connectionId);

    /**
     * The connection of this id, from the cache or else from {@code loader}. What it loads is stored, unless a write came in
     * between, which {@code get} and a {@code set} afterwards cannot tell: that would put an old connection back. All callers
     * of this id, on all nodes, share one load. A transaction that has written the connection reads it from {@code loader}.
     *
     * @param connectionId the id of the connection; not null
     * @param loader loads the connection, or null if there is none, if the cache has none; not null
     * @param <E> what the loader may throw
     * @return the connection; null if there is none
     * @throws E from the loader, as it is and unstored; a load that is shared may be that of another caller's loader
     * @throws IllegalStateException if the loader needs this very connection on the same thread
     * @throws NullPointerException if an argument is null
     */
    <E extends Exception> @Nullable ProviderConnection get(
            UUID connectionId, Loader<? extends ProviderConnection, E> loader) throws E;

    /**
     * Stores a connection for the configured time, 300 seconds unless set otherwise. It is the caller's word that the
     * connection is as the database has it. A failure of Redis is logged, not thrown.
     *
     * @param connection the connection; not null
     */
    void set(ProviderConnection connection);

    /**
     * Stores a connection for this time. It is the caller's word that the connection is as the database has it. A
     * failure of Redis is logged, not thrown.
     *
     * @param connection the connection; not null
     * @param ttl how long it is kept, to the millisecond; from 1 millisecond to 3650 days; not null
     * @throws IllegalArgumentException if {@code ttl} is too short or too long
     * @throws NullPointerException if {@code ttl} is null
     */
    void set(ProviderConnection connection, Duration ttl);

    /**
     * Removes the connection of this id.
     *
     * @param connectionId the id of the connection; not null
     * @return true if it was there, in a transaction when asked; false if not, or if Redis failed
     */
    boolean delete(UUID connectionId);

    /**
     * Whether the connection of this id is there, readable or not.
     *
     * @param connectionId the id of the connection; not null
     * @return true if it is there; false if not, or if Redis failed
     */
    boolean exists(UUID connectionId);
}
