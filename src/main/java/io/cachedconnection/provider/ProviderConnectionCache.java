package io.cachedconnection.provider;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The cache of provider connections, under the key {@code provider:conn:{id}}, by hand. Inject it; it is thread-safe.
 * None of its methods throws because of Redis: a failure is a miss, or {@code false}, and is logged once. In a transaction,
 * what {@code set} and {@code delete} do belongs to it: done after the commit, not done after a rollback, and meanwhile the
 * transaction itself finds nothing there. Where {@code evict.on-failure} is {@code FAIL}, its commit may then be refused.
 *
 * <pre>{@code
 * @Inject ProviderConnectionCache cache;
 * ...
 * ProviderConnection connection = cache.get(id).orElseGet(() -> entities.find(id));
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
