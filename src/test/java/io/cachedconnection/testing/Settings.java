package io.cachedconnection.testing;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.Login;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.endpoint.Secret;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.write.TransactionScope;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Settings for tests. */
public final class Settings {

    private static final Login LOGIN = new Credentials(null, new Secret(Seeds.PASSWORD));
    private static final CircuitBreakerSettings BREAKER = new CircuitBreakerSettings(5, Duration.ofSeconds(2));

    private Settings() {}

    /** The defaults of a cache, without jitter. */
    public static CacheSettings cache() {
        return new CacheSettings(true, null, Duration.ofMinutes(5), Duration.ZERO, 0, 1 << 20, NearSettings.OFF);
    }

    /** The memory of a node that keeps nothing near. */
    public static NearCaches nothingNear() {
        return new NearCaches(new MapStores(), new NotedEvents(), System::nanoTime);
    }

    /** A Redis that has time. */
    public static RedisSettings redis(URI uri) {
        return redis(uri, Duration.ofSeconds(5));
    }

    public static RedisSettings redis(URI uri, Duration timeout) {
        return redis(new HostPort(uri.getHost(), uri.getPort()), Credentials.NONE, pool(timeout));
    }

    /** A Redis that wants a log-in. */
    public static RedisSettings redisWithPassword(int port, Duration timeout) {
        return redis(new HostPort("127.0.0.1", port), LOGIN, pool(timeout));
    }

    /** A Redis that wants a log-in, which may take its time. */
    public static RedisSettings patient(int port, Duration timeout) {
        PoolSettings pool = new PoolSettings(timeout, Duration.ofSeconds(5), 8);
        return redis(new HostPort("127.0.0.1", port), LOGIN, pool);
    }

    /** A Redis that is probed this soon after it was found not to answer. */
    public static RedisSettings impatient(int port, Duration openFor) {
        RedisSettings usual = redis(URI.create("redis://127.0.0.1:" + port), Duration.ofMillis(300));
        return new RedisSettings(usual.place(), usual.access(), usual.pool(), new CircuitBreakerSettings(5, openFor));
    }

    /** Redis in another place. */
    public static RedisSettings redis(Endpoint endpoint, Duration timeout) {
        return new RedisSettings(
                endpoint, new ConnectionSettings(Credentials.NONE, null, 0, null), pool(timeout), BREAKER);
    }

    private static RedisSettings redis(HostPort address, Login login, PoolSettings pool) {
        ConnectionSettings connectionSettings = new ConnectionSettings(login, null, 0, null);
        return new RedisSettings(new Endpoint.ServerEndpoint(address), connectionSettings, pool, BREAKER);
    }

    private static PoolSettings pool(Duration timeout) {
        return new PoolSettings(timeout, Duration.ofMillis(500), 8);
    }

    /** Ports without transactions, with the longest life for values. */
    public static Ports ports(RemoteStore store, EngineEvents events, LongSupplier nanoTime) {
        return new Ports(
                store,
                nothingNear(),
                events,
                TransactionScope.none(),
                nanoTime,
                () -> 0,
                new Tokens()::next,
                Sleeper.sleeping());
    }

    /** The defaults, but for how long anybody waits for a load. */
    public static ProtocolSettings patient(Duration longestLoad) {
        ProtocolSettings defaults = ProtocolSettings.defaults();
        return new ProtocolSettings(
                defaults.budget(),
                longestLoad,
                longestLoad,
                defaults.maxTransactionAge(),
                defaults.replicaLag(),
                defaults.evictTimeout(),
                defaults.onFailure(),
                defaults.journalSize());
    }

    /** The defaults with another budget, for lookups and for writes. */
    public static ProtocolSettings protocol(Duration budget) {
        return protocol(budget, ProtocolSettings.defaults().onFailure());
    }

    /** The same, with what becomes of a write that cannot be announced. */
    public static ProtocolSettings protocol(Duration budget, OnFailure onFailure) {
        ProtocolSettings defaults = ProtocolSettings.defaults();
        return new ProtocolSettings(
                budget,
                defaults.leaseTimeout(),
                defaults.leaseWait(),
                defaults.maxTransactionAge(),
                defaults.replicaLag(),
                budget,
                onFailure,
                defaults.journalSize());
    }
}
