package io.cachedconnection.servertests;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;

/** The application's Redis, looked at from inside the server but not through the library. */
@ApplicationScoped
public class RedisProbe {

    @Inject
    @ConfigProperty(name = "cached-connection.redis.uri")
    private String uri;

    @Inject
    @ConfigProperty(name = "cached-connection.key-prefix")
    private String prefix;

    /** What Redis holds of this connection; null if nothing. */
    public @Nullable String entry(UUID connectionId) {
        try (var redis = RedisClient.create(uri)) {
            return redis.get(prefix + ":provider:conn:" + connectionId);
        }
    }
}
