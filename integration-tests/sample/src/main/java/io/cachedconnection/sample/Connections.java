package io.cachedconnection.sample;

import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.ProviderConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What can be done with connections. */
@ApplicationScoped
public class Connections {

    @Inject
    private ConnectionRepository repository;

    @Inject
    private AnswerSource source;

    public ProviderConnection find(UUID connectionId) {
        return source.timed(() -> repository.findById(connectionId)).orElseThrow(() -> Refusal.unknown(connectionId));
    }

    public List<ProviderConnection> ofUser(UUID userId) {
        return source.timed(() -> repository.findByUser(userId));
    }

    /** One page of them; the first is page 0. */
    public List<ProviderConnection> page(UUID userId, int page, int size) {
        return source.timed(() -> repository.findPage(userId, page, size));
    }

    public List<ProviderConnection> withStatus(UUID userId, ConnectionStatus status) {
        return source.timed(() -> repository.findByStatus(userId, status));
    }

    public long count(UUID userId) {
        return source.timed(() -> repository.count(userId));
    }

    ProviderConnection add(ConnectionBody body) {
        ProviderConnection connection = ConnectionDraft.from(body, now());
        addOrRefuse(connection);
        return connection;
    }

    ProviderConnection change(UUID connectionId, ConnectionBody body) {
        var change = new ConnectionChange(body, now());
        return repository.change(connectionId, change).orElseThrow(() -> Refusal.unknown(connectionId));
    }

    /** Renames a connection past the cache, as a program would that knows the database only. */
    ProviderConnection changeBehind(UUID connectionId, ConnectionBody body) {
        if (!body.json().keySet().equals(Set.of("alias"))) {
            throw Refusal.malformed("The body has to have an alias, and nothing else.");
        }
        return repository
                .renameBehind(connectionId, new ConnectionChange(body, now()))
                .orElseThrow(() -> Refusal.unknown(connectionId));
    }

    void remove(UUID connectionId) {
        if (repository.remove(connectionId).isEmpty()) {
            throw Refusal.unknown(connectionId);
        }
    }

    private void addOrRefuse(ProviderConnection connection) {
        if (repository.contains(connection.id())) {
            throw Refusal.duplicate(connection.id());
        }
        try {
            repository.add(connection);
        } catch (RuntimeException e) {
            // Servers report a duplicate in different ways; the database knows whether someone else was quicker.
            throw repository.contains(connection.id()) ? Refusal.duplicate(connection.id()) : e;
        }
    }

    /** Now, as exact as the database and the entries in Redis keep it. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
