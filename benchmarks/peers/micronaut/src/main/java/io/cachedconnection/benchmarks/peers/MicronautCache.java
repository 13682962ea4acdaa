package io.cachedconnection.benchmarks.peers;

import io.micronaut.cache.annotation.CacheInvalidate;
import io.micronaut.cache.annotation.Cacheable;
import io.micronaut.context.ApplicationContext;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;

/** Micronaut Cache on Micronaut Redis (Lettuce), with JSON by Jackson. */
public final class MicronautCache implements Peer {

    private final Accounts accounts;

    private MicronautCache() {
        accounts = ApplicationContext.run(Map.of(
                        "redis.uri", Peer.redis(),
                        "redis.caches.accounts.expire-after-write", "10m",
                        "redis.caches.accounts.value-serializer",
                                "io.micronaut.jackson.serialize.JacksonObjectSerializer"))
                .getBean(Accounts.class);
    }

    public static void main(String[] arguments) throws Exception {
        Worker.serve(MicronautCache::new);
    }

    /** The repository. */
    @Singleton
    public static class Accounts {

        @Cacheable("accounts")
        public Account find(UUID id) {
            return Database.load(id);
        }

        @CacheInvalidate("accounts")
        public int update(UUID id) {
            return Database.write(id);
        }
    }

    @Override
    public Account find(UUID id) {
        return accounts.find(id);
    }

    @Override
    public int update(UUID id) {
        return accounts.update(id);
    }
}
