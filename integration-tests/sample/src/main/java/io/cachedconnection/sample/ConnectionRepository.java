package io.cachedconnection.sample;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.provider.ProviderConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The connections in the database. Its lookups are answered from Redis where possible; then no transaction begins. Its
 * writes evict what they make old, when they commit.
 */
@ApplicationScoped
public class ConnectionRepository {

    static final String BY_ID = "provider-connection";
    static final String OF_USER = "connections-of-user";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private DatabaseLoads loads;

    @CachedConnection
    @Transactional
    public Optional<ProviderConnection> findById(UUID connectionId) {
        loads.count(BY_ID);
        return row(connectionId, LockModeType.NONE).map(ConnectionRow::connection);
    }

    @CachedConnection(cache = OF_USER, key = "{userId}")
    @Transactional
    public List<ProviderConnection> findByUser(UUID userId) {
        loads.count(OF_USER);
        return entities.createQuery(
                        "select c from ConnectionRow c where c.userId = :user order by c.providerSlug, c.id",
                        ConnectionRow.class)
                .setParameter("user", userId.toString())
                .getResultStream()
                .map(ConnectionRow::connection)
                .toList();
    }

    /** Whether the database, not the cache, has this connection. */
    @Transactional
    public boolean contains(UUID connectionId) {
        return row(connectionId, LockModeType.NONE).isPresent();
    }

    @Transactional
    @EvictConnection(key = "{connection.id}")
    @EvictConnection(cache = OF_USER, key = "{connection.userId}")
    public void add(ProviderConnection connection) {
        entities.persist(new ConnectionRow(connection));
    }

    /** Changes a connection as the database has it at this moment; empty if it has none. */
    // Only the database knows whose connection it is, and so which list becomes old: all of them go.
    @Transactional
    @EvictConnection(key = "{connectionId}")
    @EvictConnection(cache = OF_USER, all = true)
    public Optional<ProviderConnection> change(UUID connectionId, UnaryOperator<ProviderConnection> change) {
        // Locked, so that of two changes at once the second starts from what the first made.
        return row(connectionId, LockModeType.PESSIMISTIC_WRITE).map(row -> {
            row.become(change.apply(row.connection()));
            return row.connection();
        });
    }

    /** Removes a connection; false if there is none. */
    @Transactional
    @EvictConnection(key = "{connectionId}")
    @EvictConnection(cache = OF_USER, all = true)
    public boolean remove(UUID connectionId) {
        Optional<ConnectionRow> row = row(connectionId, LockModeType.PESSIMISTIC_WRITE);
        row.ifPresent(entities::remove);
        return row.isPresent();
    }

    private Optional<ConnectionRow> row(UUID connectionId, LockModeType lock) {
        return Optional.ofNullable(entities.find(ConnectionRow.class, connectionId.toString(), lock));
    }
}
