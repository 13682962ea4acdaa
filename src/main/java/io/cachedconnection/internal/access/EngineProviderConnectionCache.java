package io.cachedconnection.internal.access;

import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCache.Loader;
import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Engine;
import io.cachedconnection.internal.core.Finding;
import io.cachedconnection.internal.core.Finding.Status;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.Plan;
import io.cachedconnection.internal.core.Reply;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderConnectionCache;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cache of provider connections on the engine, under the keys of the system this project grew from. Thread-safe. */
public final class EngineProviderConnectionCache implements ProviderConnectionCache {

    private final Engine engine;
    private final Plan<ProviderConnection> plan;
    private final KeySpace keys;
    private final ProviderLog log;
    private final ConnectionCache<UUID, ProviderConnection> readThrough;

    /** A cache whose keys are {@code keys} and whose values are those of {@code plan}. */
    public EngineProviderConnectionCache(Engine engine, Plan<ProviderConnection> plan, KeySpace keys, ProviderLog log) {
        this.engine = engine;
        this.plan = plan;
        this.keys = keys;
        this.log = log;
        this.readThrough = new EngineConnectionCache<>(engine, plan, keys, this::key);
    }

    @Override
    public Optional<ProviderConnection> get(UUID connectionId) {
        Finding<ProviderConnection> finding = engine.find(plan, key(connectionId));
        if (finding.outcome() == Status.UNDECODABLE) {
            log.unreadable();
        }
        if (finding.outcome() == Status.UNREACHABLE) {
            log.unreachable("give", connectionId);
        }
        return Optional.ofNullable(finding.value());
    }

    @Override
    public <E extends Exception> @Nullable ProviderConnection get(
            UUID connectionId, Loader<? extends ProviderConnection, E> loader) throws E {
        return readThrough.get(connectionId, loader);
    }

    @Override
    public void set(ProviderConnection connection) {
        put(plan, connection);
    }

    @Override
    public void set(ProviderConnection connection, Duration ttl) {
        put(plan.with(Ttl.exactly(ttl)), connection);
    }

    private void put(Plan<ProviderConnection> how, ProviderConnection connection) {
        CacheKey key = key(connection.id());
        answered(Refusals.asOfTheApi(() -> engine.put(how, key, connection)), "store", connection.id());
    }

    @Override
    public boolean delete(UUID connectionId) {
        CacheKey key = key(connectionId);
        return answered(Refusals.asOfTheApi(() -> engine.evict(plan, key)), "remove", connectionId);
    }

    @Override
    public boolean exists(UUID connectionId) {
        return answered(engine.contains(plan, key(connectionId)), "look for", connectionId);
    }

    private boolean answered(Reply reply, String what, UUID connectionId) {
        if (reply == Reply.UNREACHABLE) {
            log.unreachable(what, connectionId);
        }
        return reply == Reply.YES;
    }

    private CacheKey key(@Nullable UUID connectionId) {
        return keys.key(Objects.requireNonNull(connectionId, "The id is null.").toString());
    }
}
