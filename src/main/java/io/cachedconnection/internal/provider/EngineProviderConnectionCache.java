package io.cachedconnection.internal.provider;

import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCache.Loader;
import io.cachedconnection.internal.access.EngineConnectionCache;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.store.StoreResult.Status;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderConnectionCache;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Caches provider connections on the engine, under the keys of the original system. Thread-safe. */
public final class EngineProviderConnectionCache implements ProviderConnectionCache {

    private final Engine engine;
    private final CacheBinding<ProviderConnection> binding;
    private final KeySpace keys;
    private final ProviderLog log;
    private final ConnectionCache<UUID, ProviderConnection> readThrough;

    /** Creates a cache with these {@code keys} and the values of {@code binding}. */
    public EngineProviderConnectionCache(
            Engine engine, CacheBinding<ProviderConnection> binding, KeySpace keys, ProviderLog log) {
        this.engine = engine;
        this.binding = binding;
        this.keys = keys;
        this.log = log;
        this.readThrough = new EngineConnectionCache<>(engine, binding, keys, this::key, tags -> {
            throw new UnsupportedOperationException("Its entries have no room for tags.");
        });
    }

    @Override
    public Optional<ProviderConnection> get(UUID connectionId) {
        StoreResult<ProviderConnection> found = engine.find(binding, key(connectionId));
        if (found.outcome() == Status.UNDECODABLE) {
            log.unreadable();
        }
        if (found.isFailure()) {
            log.unreachable("give", connectionId);
        }
        return Optional.ofNullable(found.value());
    }

    @Override
    public <E extends Exception> @Nullable ProviderConnection get(
            UUID connectionId, Loader<? extends ProviderConnection, E> loader) throws E {
        return readThrough.get(connectionId, loader);
    }

    @Override
    public void set(ProviderConnection connection) {
        put(binding, connection);
    }

    @Override
    public void set(ProviderConnection connection, Duration ttl) {
        put(binding.with(EngineConnectionCache.ttl(ttl)), connection);
    }

    private void put(CacheBinding<ProviderConnection> how, ProviderConnection connection) {
        EntryKey key = key(connection.id());
        answered(EngineConnectionCache.refusable(() -> engine.put(how, key, connection)), "store", connection.id());
    }

    @Override
    public boolean delete(UUID connectionId) {
        EntryKey key = key(connectionId);
        return answered(EngineConnectionCache.refusable(() -> engine.evict(binding, key)), "remove", connectionId);
    }

    @Override
    public boolean exists(UUID connectionId) {
        return answered(engine.contains(binding, key(connectionId)), "look for", connectionId);
    }

    private boolean answered(Ack ack, String what, UUID connectionId) {
        if (ack == Ack.UNREACHABLE) {
            log.unreachable(what, connectionId);
        }
        return ack == Ack.YES;
    }

    private EntryKey key(@Nullable UUID connectionId) {
        return keys.key(Objects.requireNonNull(connectionId, "The id is null.").toString());
    }
}
