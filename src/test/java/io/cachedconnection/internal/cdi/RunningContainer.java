package io.cachedconnection.internal.cdi;

import io.cachedconnection.testing.TestRedis;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import redis.clients.jedis.Jedis;

/** The library in a CDI container, on a Redis, under a key prefix of its own. */
final class RunningContainer implements AutoCloseable {

    final String prefix = "t" + UUID.randomUUID();
    final Jedis redis = new Jedis(TestRedis.uri());
    private final List<String> settings = new ArrayList<>();
    private final WeldContainer container;

    RunningContainer(Class<?>... beans) {
        this(TestRedis.uri(), "RETRY", beans);
    }

    RunningContainer(URI uri, String onFailure, Class<?>... beans) {
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig()); // it remembers names
        set("redis.uri", uri.toString());
        set("redis.timeout", "PT5S");
        set("key-prefix", prefix);
        set("evict.on-failure", onFailure);
        container = new Weld().disableDiscovery().addBeanClasses(beans).initialize();
    }

    private void set(String key, String value) {
        System.setProperty("cached-connection." + key, value);
        settings.add("cached-connection." + key);
    }

    <T> T bean(Class<T> type) {
        return container.select(type).get();
    }

    String stored(String key) {
        return redis.get(prefix + ":" + key);
    }

    long life(String key) {
        return redis.pttl(prefix + ":" + key);
    }

    @Override
    public void close() {
        container.close();
        redis.close();
        settings.forEach(System::clearProperty);
    }
}
