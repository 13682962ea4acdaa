package io.cachedconnection.benchmarks.peers;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.MultiLevelCacheBuilder;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * JetCache on Lettuce by its builders, as {@code @Cached} uses it. Arguments: {@code remote}, or {@code both} with a local cache;
 * {@code protect} with its protection against stampedes.
 */
public final class JetCache implements Peer {

    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private final RedisClient redis = RedisClient.create(Peer.redis());
    private final Cache<UUID, Account> cache;

    private JetCache(String options) {
        Cache<UUID, Account> remote = RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                .redisClient(redis)
                .keyPrefix("jetcache:accounts:")
                .keyConvertor(Object::toString)
                .valueEncoder(this::encode)
                .valueDecoder(this::decode)
                .cachePenetrateProtect(options.contains("protect"))
                .expireAfterWrite(10, TimeUnit.MINUTES)
                .buildCache();
        if (options.contains("both")) {
            Cache<UUID, Account> local = CaffeineCacheBuilder.createCaffeineCacheBuilder()
                    .limit(10_000)
                    .expireAfterWrite(10, TimeUnit.MINUTES)
                    .buildCache();
            cache = MultiLevelCacheBuilder.createMultiLevelCacheBuilder()
                    .addCache(local, remote)
                    .cachePenetrateProtect(options.contains("protect"))
                    .expireAfterWrite(10, TimeUnit.MINUTES)
                    .buildCache();
        } else {
            cache = remote;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Worker.serve(() -> new JetCache(arguments[0]));
    }

    @Override
    public Account find(UUID id) {
        return cache.computeIfAbsent(id, Database::load);
    }

    @Override
    public int update(UUID id) {
        int version = Database.write(id);
        cache.remove(id);
        return version;
    }

    /** What is stored is a holder of the value with its expiry. */
    private byte[] encode(Object holder) {
        try {
            return json.writeValueAsBytes(holder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Object decode(byte[] bytes) {
        try {
            return json.readValue(
                    bytes,
                    json.getTypeFactory()
                            .constructParametricType(com.alicp.jetcache.CacheValueHolder.class, Account.class));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
