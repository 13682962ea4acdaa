package io.cachedconnection.outages;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.near.CaffeineStores;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.redis.JedisStore;
import io.cachedconnection.internal.telemetry.EngineLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;

/** The library as an application has it, with the default settings, and the repository it stands before. */
final class Application implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofMillis(100);
    static final Duration EVICT_TIMEOUT = ProtocolSettings.defaults().evictTimeout();

    private static final KeySpace SPACE = KeySpace.of("rows", "outages");
    private static final CacheBinding<Long> ON = plan(true);
    private static final CacheBinding<Long> OFF = plan(false);

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
    private final JedisStore store;
    private final Engine engine;
    private final Repository repository = new Repository(Rows.ALL);

    /** One whose Redis is that of {@code scene}. */
    Application(Scene scene) {
        RedisSettings settings = new RedisSettings(
                scene.place(),
                scene.access(),
                new PoolSettings(TIMEOUT, Duration.ofSeconds(1), 4),
                new CircuitBreakerSettings(5, Duration.ofSeconds(2)));
        ProtocolSettings protocol = ProtocolSettings.defaults();
        store = new JedisStore(settings, protocol.maxTransactionAge());
        EngineLog log = new EngineLog(settings.address(), System::nanoTime);
        Ports ports = new Ports(
                store,
                new NearCaches(new CaffeineStores(), log, System::nanoTime), // nothing is kept near
                log,
                () -> null,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble(),
                new Tokens()::next,
                Sleeper.sleeping());
        engine = new Engine(ports, protocol);
        engine.recoverOn(clock);
    }

    private static CacheBinding<Long> plan(boolean enabled) {
        CacheSettings settings =
                new CacheSettings(enabled, null, Duration.ofMinutes(5), Duration.ZERO, 0.1, 1 << 20, NearSettings.OFF);
        Cache cache = new Cache("rows", () -> settings, new CacheCounters());
        return new CacheBinding<>(cache, new VersionCodec(), EntryFormat.none(), TtlChoice.annotated(null));
    }

    static EntryKey key(int row) {
        return SPACE.key(String.valueOf(row));
    }

    /** A key that nobody has looked up before. */
    static EntryKey coldKey() {
        return SPACE.key("cold" + ThreadLocalRandom.current().nextLong());
    }

    LookupResult<Long> lookup(EntryKey key, int row) throws Exception {
        return engine.read(ON, key, () -> repository.load(row));
    }

    /** The same with {@code enabled=false}. */
    LookupResult<Long> lookupSwitchedOff(EntryKey key, int row) throws Exception {
        return engine.read(OFF, key, () -> repository.load(row));
    }

    /** The new version. */
    long write(int row) throws Exception {
        Long version = engine.write(List.of(key(row)), changes -> repository.update(row));
        if (version == null) {
            throw new IllegalStateException("A write returns what its work returns.");
        }
        return version;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        engine.close();
        store.close();
    }
}
