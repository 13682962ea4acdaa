package io.cachedconnection.benchmarks;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.cdi.PortableExtension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** An application with caches of several formats; fails the run unless every lookup but the first is a hit. */
final class WireApplication implements AutoCloseable {

    // They protect nothing.
    private static final String VALUE_KEY = "QmVuY2htYXJrcyBuZWVkIGEga2V5IG9mIDMyIGJ5dGU=";
    private static final String NAME_KEY = "QW5kIGEgZnVydGhlciBvbmUsIGZvciB0aGUgbmFtZXM=";

    private final WeldContainer container;
    private final ConnectionCaches caches;
    private final Map<String, Consumer<UUID>> lookups = new LinkedHashMap<>();

    WireApplication() {
        configure();
        container = new Weld()
                .disableDiscovery()
                .addExtensions(new PortableExtension())
                .addBeanClasses(WireRepository.class)
                .initialize();
        caches = container.select(ConnectionCaches.class).get();
        WireRepository repository = container.select(WireRepository.class).get();
        lookups.put(WireRepository.BARE, repository::bare);
        lookups.put(WireRepository.ENVELOPE, repository::inEnvelope);
        lookups.put(WireRepository.ENCRYPTED, repository::encrypted);
        lookups.put(WireRepository.PRIVATE, repository::underPrivateKey);
        lookups.values().forEach(lookup -> lookup.accept(Value.ID));
    }

    /** Said here, because an application without these caches refuses settings for them. */
    private static void configure() {
        set(WireRepository.BARE, "wire", "json");
        for (String cache : List.of(WireRepository.ENCRYPTED, WireRepository.PRIVATE)) {
            set(cache, "encryption.enabled", "true");
            set(cache, "encryption.keys", VALUE_KEY);
        }
        set(WireRepository.PRIVATE, "key-privacy.enabled", "true");
        set(WireRepository.PRIVATE, "key-privacy.key", NAME_KEY);
    }

    private static void set(String cache, String setting, String value) {
        System.setProperty("cached-connection.cache." + cache + "." + setting, value);
    }

    Map<String, Consumer<UUID>> lookups() {
        return lookups;
    }

    private CacheStatistics statistics(String cache) {
        return caches.statistics().get(cache);
    }

    /** What was asked since the beginning was answered from Redis. */
    void check() {
        for (String cache : lookups.keySet()) {
            CacheStatistics statistics = statistics(cache);
            if (statistics.misses() != 1) {
                throw new IllegalStateException("Not all are hits of " + cache + ": " + statistics);
            }
        }
    }

    @Override
    public void close() {
        container.close();
    }
}
