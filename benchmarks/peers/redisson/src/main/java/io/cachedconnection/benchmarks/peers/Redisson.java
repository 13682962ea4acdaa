package io.cachedconnection.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RMap;
import org.redisson.api.RMapCache;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.codec.TypedJsonJacksonCodec;
import org.redisson.config.Config;

/** Cache-aside on a map of Redisson: {@code RMapCache}, or with the argument {@code local} {@code RLocalCachedMap}. */
public final class Redisson implements Peer {

    private final RedissonClient redisson;
    private final RMap<String, Account> map;

    private Redisson(String option) {
        Config config = new Config();
        config.useSingleServer().setAddress(Peer.redis());
        TypedJsonJacksonCodec codec = new TypedJsonJacksonCodec(
                String.class, Account.class, new ObjectMapper().registerModule(new JavaTimeModule()));
        config.setCodec(codec);
        redisson = org.redisson.Redisson.create(config);
        map = option.equals("local") ? local(redisson) : redisson.getMapCache("redisson:accounts");
    }

    private static RLocalCachedMap<String, Account> local(RedissonClient redisson) {
        return redisson.getLocalCachedMap(LocalCachedMapOptions.<String, Account>name("redisson:local-accounts")
                .evictionPolicy(LocalCachedMapOptions.EvictionPolicy.LRU)
                .cacheSize(10_000)
                .reconnectionStrategy(LocalCachedMapOptions.ReconnectionStrategy.CLEAR));
    }

    public static void main(String[] arguments) throws Exception {
        Worker.serve(() -> new Redisson(arguments[0]));
    }

    @Override
    public Account find(UUID id) {
        Account cached = map.get(id.toString());
        if (cached != null) {
            return cached;
        }
        Account loaded = Database.load(id);
        if (map instanceof RMapCache<String, Account> expiring) {
            expiring.fastPut(id.toString(), loaded, 10, TimeUnit.MINUTES);
        } else {
            map.fastPut(id.toString(), loaded);
        }
        return loaded;
    }

    @Override
    public int update(UUID id) {
        int version = Database.write(id);
        map.fastRemove(id.toString());
        return version;
    }
}
