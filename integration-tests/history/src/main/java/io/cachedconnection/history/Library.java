package io.cachedconnection.history;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.near.CaffeineStores;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.ValueLoader;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.redis.JedisStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The library as one process has it.
 *
 * @param engine what lookups and writes go through
 * @param plans of its lookups
 * @param store what the engine works on
 * @param clock what the engine does in the background runs there
 * @param tally what is asked of the engine
 */
record Library(Engine engine, Plans plans, RemoteStore store, ScheduledExecutorService clock, Tally tally)
        implements AutoCloseable {

    /** That of the node {@code number}. */
    static Library on(Endpoint redis, int number, int connections, TransactionScope transactions, Options options) {
        ProtocolSettings protocol = options.protocol(number);
        RedisSettings settings = new RedisSettings(
                redis,
                new ConnectionSettings(Credentials.NONE, null, 0, null),
                new PoolSettings(protocol.budget(), Duration.ofMillis(500), connections),
                new CircuitBreakerSettings(5, Duration.ofMillis(500)));
        RemoteStore store = Weakened.store(new JedisStore(settings, protocol.maxTransactionAge()), options.without());
        NearCaches near = new NearCaches(new CaffeineStores(), new Silence(), System::nanoTime);
        Plans plans = Plans.with(near, options.near(number), options);
        Engine engine = new Engine(ports(store, near, transactions), protocol);
        ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(1);
        engine.recoverOn(clock);
        return new Library(engine, plans, store, clock, new Tally());
    }

    /** Looks {@code item} up. */
    LookupResult<List<Row>> read(Plans.Item item, ValueLoader<List<Row>> loader) throws Exception {
        tally.lookup();
        return engine.read(item.plan(), item.key(), () -> {
            tally.load();
            return loader.load();
        });
    }

    private static Ports ports(RemoteStore store, NearCaches near, TransactionScope transactions) {
        return new Ports(
                store,
                near,
                new Silence(),
                transactions,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble(),
                new Tokens()::next,
                Sleeper.sleeping());
    }

    @Override
    public void close() {
        clock.shutdownNow();
        engine.close();
        store.close();
    }
}
