package io.cachedconnection.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.net.URI;
import java.util.UUID;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** Cache-aside by hand: Jedis with a pool of 64 and Jackson; GET, load, SET with PX; a write ends with DEL. */
public final class PlainJedis implements Peer {

    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private final RedisClient redis;

    private PlainJedis() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(64);
        pool.setMaxIdle(64);
        pool.setJmxEnabled(false);
        URI uri = URI.create(Peer.redis());
        redis = RedisClient.builder()
                .hostAndPort(uri.getHost(), uri.getPort())
                .poolConfig(pool)
                .build();
    }

    public static void main(String[] arguments) throws Exception {
        Worker.serve(PlainJedis::new);
    }

    @Override
    public Account find(UUID id) throws Exception {
        String cached = redis.get(key(id));
        if (cached != null) {
            return json.readValue(cached, Account.class);
        }
        Account loaded = Database.load(id);
        redis.set(
                key(id), json.writeValueAsString(loaded), SetParams.setParams().px(600_000));
        return loaded;
    }

    @Override
    public int update(UUID id) {
        int version = Database.write(id);
        redis.del(key(id));
        return version;
    }

    private static String key(UUID id) {
        return "jedis:accounts:" + id;
    }
}
