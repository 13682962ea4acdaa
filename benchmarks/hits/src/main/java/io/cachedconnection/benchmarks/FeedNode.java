package io.cachedconnection.benchmarks;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.near.CaffeineStores;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.json.JsonbCodecs;
import io.cachedconnection.internal.redis.JedisStore;
import io.cachedconnection.internal.telemetry.EngineLog;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A node without its container: an engine of its own on the Redis that all share, with or without a near cache. */
final class FeedNode implements AutoCloseable {

    static final KeySpace SPACE = KeySpace.of("feed", "benchmark");

    private static final Duration PATIENCE = Duration.ofSeconds(10); // a busy machine makes no call fail
    private static final NearSettings NEAR = new NearSettings(true, 10_000, Duration.ofSeconds(2));
    private static final CacheSettings SETTINGS =
            new CacheSettings(true, null, Duration.ofHours(1), Duration.ZERO, 0, 1 << 20, NEAR);

    private final JsonbCodecs codecs = new JsonbCodecs();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(BackgroundThreads::daemon);
    private final Heard heard = new Heard();
    private final JedisStore store;
    private final CacheCounters counters = new CacheCounters();
    private final CacheBinding<Statement> binding;
    private final Engine engine;

    private FeedNode(URI redis, boolean isNear) {
        EngineLog log = new EngineLog(redis.getAuthority(), System::nanoTime);
        store = new JedisStore(settings(redis), ProtocolSettings.defaults().maxTransactionAge());
        NearCaches near = new NearCaches(new CaffeineStores(), log, System::nanoTime);
        Cache cache = new Cache("feed", () -> SETTINGS, counters, isNear ? near.of(SPACE, () -> NEAR) : null);
        binding = new CacheBinding<>(cache, codecs.of(Statement.class), EntryFormat.none(), TtlChoice.annotated(null));
        Ports ports = new Ports(
                heard.of(store),
                near,
                log,
                TransactionScope.none(),
                System::nanoTime,
                () -> 0,
                new Tokens()::next,
                Sleeper.sleeping());
        engine = new Engine(ports, protocol());
        engine.recoverOn(clock);
    }

    /** One with a near cache and a feed. */
    static FeedNode near(URI redis) {
        return new FeedNode(redis, true);
    }

    /** One with neither, which writes. */
    static FeedNode writer(URI redis) {
        return new FeedNode(redis, false);
    }

    private static RedisSettings settings(URI redis) {
        Endpoint endpoint = new Endpoint.ServerEndpoint(new HostPort(redis.getHost(), redis.getPort()));
        PoolSettings pool = new PoolSettings(PATIENCE, PATIENCE, 2);
        ConnectionSettings connectionSettings = new ConnectionSettings(Credentials.NONE, null, 0, null);
        return new RedisSettings(endpoint, connectionSettings, pool, new CircuitBreakerSettings(5, PATIENCE));
    }

    private static ProtocolSettings protocol() {
        ProtocolSettings usual = ProtocolSettings.defaults();
        return new ProtocolSettings(
                PATIENCE,
                usual.leaseTimeout(),
                usual.leaseWait(),
                usual.maxTransactionAge(),
                usual.replicaLag(),
                usual.evictTimeout(),
                usual.onFailure(),
                usual.journalSize());
    }

    Heard heard() {
        return heard;
    }

    /** Looks {@code key} up until it is answered near. */
    void bringNear(EntryKey key) {
        long start = System.nanoTime();
        long before = counters.of(Event.NEAR_HIT);
        while (counters.of(Event.NEAR_HIT) == before) {
            isThere(key);
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(30)) {
                throw new IllegalStateException("A key that is in Redis does not come near.");
            }
        }
    }

    boolean isThere(EntryKey key) {
        return engine.find(binding, key).isHit();
    }

    void put(EntryKey key) {
        engine.put(binding, key, NearRepository.STATEMENT);
    }

    /** As a method with {@code @EvictConnection} that does nothing. */
    void write(EntryKey key) throws Exception {
        Object nothing = engine.write(List.of(key), changes -> "");
        if (nothing == null) {
            throw new IllegalStateException("The work was not done.");
        }
    }

    void evict(EntryKey key) {
        engine.evict(binding, key);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        store.close();
        codecs.close();
    }
}
