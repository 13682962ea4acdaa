package io.cachedconnection.sample;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.ProviderConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
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
    static final String PAGES = "connection-pages";
    static final String BY_STATUS = "connections-by-status";
    static final String COUNT = "connection-count";

    /** What each list, page and count of a user's connections has, so that one eviction makes all of them old. */
    private static final String TAG = "user:{userId}";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private DatabaseLoads loads;

    @Inject
    private AnswerSource source;

    @CachedConnection
    @Transactional
    public Optional<ProviderConnection> findById(UUID connectionId) {
        loads.count(BY_ID);
        Optional<ProviderConnection> found =
                row(connectionId, LockModeType.NONE).map(ConnectionRow::connection);
        source.markLoaded(found.orElse(null));
        return found;
    }

    @CachedConnection(cache = OF_USER, key = "{userId}", tags = TAG)
    @Transactional
    public List<ProviderConnection> findByUser(UUID userId) {
        loads.count(OF_USER);
        return connections(ofUser(userId));
    }

    /** One page of them; the first is page 0. */
    @CachedConnection(cache = PAGES, key = "{userId}:{page}:{size}", tags = TAG)
    @Transactional
    public List<ProviderConnection> findPage(UUID userId, int page, int size) {
        loads.count(PAGES);
        return connections(ofUser(userId).setFirstResult(page * size).setMaxResults(size));
    }

    @CachedConnection(cache = BY_STATUS, key = "{userId}:{status}", tags = TAG)
    @Transactional
    public List<ProviderConnection> findByStatus(UUID userId, ConnectionStatus status) {
        loads.count(BY_STATUS);
        return connections(entities.createQuery(
                        "select c from ConnectionRow c where c.userId = :user and c.status = :status order by c.id",
                        ConnectionRow.class)
                .setParameter("user", userId.toString())
                .setParameter("status", status.wireName()));
    }

    @CachedConnection(cache = COUNT, key = "{userId}", tags = TAG)
    @Transactional
    public long count(UUID userId) {
        loads.count(COUNT);
        return entities.createQuery("select count(c) from ConnectionRow c where c.userId = :user", Long.class)
                .setParameter("user", userId.toString())
                .getSingleResult();
    }

    private TypedQuery<ConnectionRow> ofUser(UUID userId) {
        return entities.createQuery(
                        "select c from ConnectionRow c where c.userId = :user order by c.providerSlug, c.id",
                        ConnectionRow.class)
                .setParameter("user", userId.toString());
    }

    private static List<ProviderConnection> connections(TypedQuery<ConnectionRow> query) {
        return query.getResultStream().map(ConnectionRow::connection).toList();
    }

    /** Whether the database, not the cache, has this connection. */
    @Transactional
    public boolean contains(UUID connectionId) {
        return row(connectionId, LockModeType.NONE).isPresent();
    }

    @Transactional
    @EvictConnection(key = "{connection.id}")
    @EvictConnection(tags = "user:{connection.userId}")
    public void add(ProviderConnection connection) {
        entities.persist(new ConnectionRow(connection));
    }

    /** Changes a connection as the database has it at this moment; empty if it has none. The result tells whose it is. */
    @Transactional
    @EvictConnection(key = "{connectionId}")
    @EvictConnection(tags = "user:{result.userId}")
    public Optional<ProviderConnection> change(UUID connectionId, UnaryOperator<ProviderConnection> change) {
        // Locked, so that of two changes at once the second starts from what the first made.
        return row(connectionId, LockModeType.PESSIMISTIC_WRITE).map(row -> {
            row.become(change.apply(row.connection()));
            return row.connection();
        });
    }

    /**
     * Writes another alias into the database and evicts nothing: what the library cannot know. Lookups may return the old
     * alias until their entries end. Empty if there is no such connection, else what the database has now.
     */
    @Transactional
    public Optional<ProviderConnection> renameBehind(UUID connectionId, UnaryOperator<ProviderConnection> change) {
        return row(connectionId, LockModeType.PESSIMISTIC_WRITE).map(row -> {
            entities.createQuery("update ConnectionRow c set c.alias = :alias where c.id = :id")
                    .setParameter("alias", change.apply(row.connection()).alias())
                    .setParameter("id", connectionId.toString())
                    .executeUpdate();
            entities.refresh(row);
            return row.connection();
        });
    }

    /** Removes a connection, and returns what it was; empty if there is none. */
    @Transactional
    @EvictConnection(key = "{connectionId}")
    @EvictConnection(tags = "user:{result.userId}")
    public Optional<ProviderConnection> remove(UUID connectionId) {
        return row(connectionId, LockModeType.PESSIMISTIC_WRITE).map(row -> {
            entities.remove(row);
            return row.connection();
        });
    }

    private Optional<ConnectionRow> row(UUID connectionId, LockModeType lock) {
        return Optional.ofNullable(entities.find(ConnectionRow.class, connectionId.toString(), lock));
    }
}
