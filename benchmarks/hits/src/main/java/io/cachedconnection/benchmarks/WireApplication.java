package io.cachedconnection.benchmarks;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCaches;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** An application with caches of several formats; fails the run unless every lookup but the first is a hit. */
final class WireApplication implements AutoCloseable {

    private final WeldContainer container =
            new Weld().disableDiscovery().addBeanClasses(WireRepository.class).initialize();
    private final ConnectionCaches caches =
            container.select(ConnectionCaches.class).get();
    private final Map<String, Consumer<UUID>> lookups = new LinkedHashMap<>();

    WireApplication() {
        WireRepository repository = container.select(WireRepository.class).get();
        lookups.put(WireRepository.BARE, repository::bare);
        lookups.put(WireRepository.ENVELOPE, repository::inEnvelope);
        lookups.put(WireRepository.ENCRYPTED, repository::encrypted);
        lookups.put(WireRepository.PRIVATE, repository::underPrivateKey);
        lookups.values().forEach(lookup -> lookup.accept(Value.ID));
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
            if (statistics.misses() > 1 || statistics.hits() == 0) {
                throw new IllegalStateException("Not all are hits of " + cache + ": " + statistics);
            }
        }
    }

    @Override
    public void close() {
        container.close();
    }
}
