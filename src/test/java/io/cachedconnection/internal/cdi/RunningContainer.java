package io.cachedconnection.internal.cdi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.TestRedis;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import redis.clients.jedis.Jedis;

/** The library in a CDI container, on a Redis, under a key prefix of its own. */
final class RunningContainer implements AutoCloseable {

    final String prefix;
    final Jedis redis = new Jedis(TestRedis.uri());
    private final List<String> settings = new ArrayList<>();
    private final WeldContainer container;

    RunningContainer(Class<?>... beans) {
        this("t" + UUID.randomUUID(), Map.of(), beans);
    }

    /** Refuses writes, because this Redis is away. */
    RunningContainer(RedisProcess absent, Class<?>... beans) {
        this("t" + UUID.randomUUID(), refusingWrites(absent.uri()), beans);
    }

    /** Settings with which a write is refused after half a second if there is no Redis at {@code uri}. */
    static Map<String, String> refusingWrites(String uri) {
        return Map.of("redis.uri", uri, "evict.on-failure", "FAIL", "evict.timeout", "PT0.5S");
    }

    /** With this key prefix, and with these settings instead of the usual ones. */
    RunningContainer(String prefix, Map<String, String> others, Class<?>... beans) {
        release();
        this.prefix = prefix;
        set("redis.uri", TestRedis.uri().toString());
        set("redis.timeout", "PT5S");
        set("key-prefix", prefix);
        others.forEach(this::set);
        container = started(beans);
    }

    /** With what {@code extension} adds. */
    RunningContainer(Extension extension, Class<?>... beans) {
        release();
        prefix = "t" + UUID.randomUUID();
        set("redis.uri", TestRedis.uri().toString());
        set("redis.timeout", "PT5S");
        set("key-prefix", prefix);
        container = started(new Weld().addExtensions(extension).addBeanClasses(beans));
    }

    /** With what {@code source} has, too, which a test can change. */
    RunningContainer(ConfigSource source, Class<?>... beans) {
        release();
        prefix = "t" + UUID.randomUUID();
        set("redis.uri", TestRedis.uri().toString());
        set("redis.timeout", "PT5S");
        set("key-prefix", prefix);
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        Config config =
                resolver.getBuilder().addDefaultSources().withSources(source).build();
        resolver.registerConfig(config, Thread.currentThread().getContextClassLoader());
        container = started(beans);
    }

    private static void release() {
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig()); // it remembers names
    }

    private WeldContainer started(Class<?>... beans) {
        return started(new Weld().addBeanClasses(beans));
    }

    private WeldContainer started(Weld weld) {
        try {
            return weld.disableDiscovery()
                    .addExtensions(new PortableExtension())
                    .initialize();
        } catch (RuntimeException e) {
            forget();
            throw e;
        }
    }

    private void forget() {
        redis.close();
        release();
        settings.forEach(System::clearProperty);
    }

    private void set(String key, String value) {
        System.setProperty("cached-connection." + key, value);
        settings.add("cached-connection." + key);
    }

    <T> T bean(Class<T> type, Annotation... qualifiers) {
        return container.select(type, qualifiers).get();
    }

    /** What is stored under {@code key}; null if there is nothing, or an eviction of all of its cache has outdated it. */
    String stored(String key) {
        byte[] name = (prefix + ":" + key).getBytes(ISO_8859_1);
        byte[] found = redis.get(name);
        byte[] ofCache = redis.get((prefix + ":%tags:%all:" + key.split(":", 2)[0]).getBytes(ISO_8859_1));
        boolean isCurrent = found != null
                && (Arrays.equals(Stamps.NONE.bytes(), Stamps.carriedBy(found).bytes())
                        || Arrays.equals(Arrays.copyOf(Stamps.carriedBy(found).bytes(), Stamps.BYTES), ofCache));
        return isCurrent ? new String(found, ISO_8859_1) : null;
    }

    long life(String key) {
        return redis.pttl(prefix + ":" + key);
    }

    @Override
    public void close() {
        container.close();
        forget();
    }
}
