package io.cachedconnection.quarkus;

import io.cachedconnection.servertests.TestRedis;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.UUID;

/** Tells the application where the Redis of this run is. */
public class RedisOfTheTests implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("REDIS_URL", TestRedis.uri().toString(), "cached-connection.key-prefix", "t" + UUID.randomUUID());
    }

    @Override
    public void stop() {}
}
