package io.cachedconnection.benchmarks;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.cdi.PortableExtension;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An application in Weld that has the library. */
@State(Scope.Benchmark)
public class Application {

    Function<UUID, Object> lookup;
    Repository repository;

    private WeldContainer container;

    @Setup(Level.Trial)
    public void start(StoredValue stored) {
        System.setProperty("cached-connection.cache.accounts.wire", "json"); // as it is stored by hand
        container = new Weld()
                .disableDiscovery()
                .addExtensions(new PortableExtension())
                .addBeanClasses(Repository.class, ConstantInterceptor.class)
                .initialize();
        repository = container.select(Repository.class).get();
        lookup = stored.value == Value.CONNECTION ? repository::connection : repository::account;
        check(lookup.apply(Value.ID), stored.value.sample());
    }

    private static void check(Object found, Object expected) {
        if (!expected.equals(found)) {
            throw new IllegalStateException("The lookup gave another value than the stored one.");
        }
    }

    CacheStatistics statistics(String cache) {
        return container.select(ConnectionCaches.class).get().statistics().get(cache);
    }

    @TearDown(Level.Trial)
    public void stop() {
        container.close();
    }
}
