package io.cachedconnection.benchmarks;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.cdi.PortableExtension;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An application in Weld that has all it asks for near; fails the run unless every lookup is answered there. */
@State(Scope.Benchmark)
public class NearApplication implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    NearRepository repository;

    private WeldContainer container;
    private ConnectionCaches caches;
    private final Map<String, CacheStatistics> before = new HashMap<>();

    @Setup(Level.Trial)
    public void start() {
        RedisAddress.ofThisFork();
        // Said here, because an application without these caches refuses settings for them.
        NearRepository.CACHES.forEach(
                cache -> System.setProperty("cached-connection.cache." + cache + ".near.enabled", "true"));
        container = new Weld()
                .disableDiscovery()
                .addExtensions(new PortableExtension())
                .addBeanClasses(NearRepository.class, ConstantInterceptor.class, KeptInterceptor.class)
                .initialize();
        repository = container.select(NearRepository.class).get();
        caches = container.select(ConnectionCaches.class).get();
        bringNear(NearRepository.STATEMENTS, repository::statement);
        bringNear(NearRepository.CONNECTIONS, repository::connection);
        bringNear(NearRepository.PAGES, id -> repository.page(id, Value.PAGE));
        bringNear(NearRepository.ACCOUNTS, repository::account);
        NearRepository.CACHES.forEach(cache -> before.put(cache, statistics(cache)));
    }

    private void bringNear(String cache, Consumer<UUID> lookup) {
        long start = System.nanoTime();
        while (statistics(cache).nearHits() == 0) {
            if (System.nanoTime() - start > PATIENCE) {
                throw new IllegalStateException("Nothing of " + cache + " comes near: " + statistics(cache));
            }
            lookup.accept(Value.ID);
        }
    }

    private CacheStatistics statistics(String cache) {
        return caches.statistics().get(cache);
    }

    /** What was asked since the last check, or the start, was answered near, all of it. */
    long check() {
        return NearRepository.CACHES.stream().mapToLong(this::nearHits).sum();
    }

    private long nearHits(String cache) {
        CacheStatistics now = statistics(cache);
        CacheStatistics then = before.put(cache, now);
        boolean isAllNear =
                now.hits() == then.hits() && now.misses() == then.misses() && now.bypasses() == then.bypasses();
        if (!isAllNear) {
            throw new IllegalStateException("Not every lookup of " + cache + " was answered near: " + now);
        }
        return now.nearHits() - then.nearHits();
    }

    @Override
    @TearDown(Level.Trial)
    public void close() {
        check();
        container.close();
    }
}
