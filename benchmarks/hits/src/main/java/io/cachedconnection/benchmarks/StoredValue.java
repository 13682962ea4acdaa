package io.cachedconnection.benchmarks;

import jakarta.json.bind.Jsonb;
import java.net.URI;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisURIHelper;

/** The value in Redis, and all that an application without a cache has to look it up. */
@State(Scope.Benchmark)
public class StoredValue {

    private static final int POOL_SIZE = 64; // one connection for each thread
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int AN_HOUR = 3600;

    @Param
    public Value value;

    RedisClient redis;
    Jsonb jsonb;
    String payload;

    @Setup(Level.Trial)
    public void store() {
        URI uri = RedisAddress.ofThisFork();
        redis = RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(uri))
                .clientConfig(DefaultJedisClientConfig.builder(uri)
                        .timeoutMillis(PATIENCE_MILLIS) // as the library here
                        .build())
                .poolConfig(pool())
                .build();
        jsonb = value.jsonb();
        payload = jsonb.toJson(value.sample());
        redis.set(key(), payload, SetParams.setParams().ex(AN_HOUR));
    }

    private static ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(POOL_SIZE);
        pool.setMaxIdle(POOL_SIZE);
        pool.setJmxEnabled(false);
        return pool;
    }

    String key() {
        return value.key(Value.ID);
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        redis.del(key());
        redis.close();
        jsonb.close();
    }
}
