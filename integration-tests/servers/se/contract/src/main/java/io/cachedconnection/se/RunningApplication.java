package io.cachedconnection.se;

import io.cachedconnection.internal.cdi.PortableExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.UUID;
import redis.clients.jedis.Jedis;

/**
 * The application in whatever CDI container is on the class path, with a key prefix of its own. It has a class loader of its
 * own as well, which finds what the test's finds: containers and configurations are kept by class loader, and OpenWebBeans
 * keeps one that did not start.
 */
final class RunningApplication implements AutoCloseable {

    final String prefix = "se" + UUID.randomUUID();
    private final Map<String, String> settings;
    private final Jedis redis;
    private final SeContainer container;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    RunningApplication(URI uri, Class<?>... moreBeans) {
        redis = new Jedis(uri);
        settings = Map.of(
                "cached-connection.redis.uri",
                uri.toString(),
                "cached-connection.redis.timeout",
                "PT5S", // as in the tests on servers: how busy the machine is, is not the question
                "cached-connection.key-prefix",
                prefix);
        settings.forEach(System::setProperty);
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0], before));
        container = started(moreBeans);
    }

    private SeContainer started(Class<?>... moreBeans) {
        try {
            SeContainerInitializer initializer = SeContainerInitializer.newInstance()
                    .disableDiscovery() // OpenWebBeans would look for beans in every jar there is
                    .addBeanClasses(Notes.class)
                    .addBeanClasses(moreBeans);
            if (Boolean.getBoolean("extensions.are.discovered.with.beans")) {
                initializer.addExtensions(new PortableExtension()); // Weld does not look for extensions either
            }
            return initializer.initialize();
        } catch (RuntimeException e) {
            forget();
            throw e;
        }
    }

    <T> T bean(Class<T> type) {
        return container.select(type).get();
    }

    String stored(String key) {
        return String.valueOf(redis.get(prefix + ":" + key));
    }

    long secondsToLive(String key) {
        return redis.ttl(prefix + ":" + key);
    }

    private void forget() {
        redis.close();
        Thread.currentThread().setContextClassLoader(before);
        settings.keySet().forEach(System::clearProperty);
    }

    @Override
    public void close() {
        container.close();
        forget();
    }
}
