package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.UnitOfWork;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderConnectionCache;
import io.cachedconnection.testing.ScannedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The library in a CDI container on {@code memory:}, with all that depends on the store. */
class MemoryContainerTest {

    /** What is on the shelves, in what stands for the database of all containers. */
    @ApplicationScoped
    public static class Shelves {

        static final Map<Long, String> ROWS = new ConcurrentHashMap<>();
        final AtomicInteger loads = new AtomicInteger();

        @CachedConnection(cache = "shelves", tags = "shelf:{id}")
        public String find(long id) {
            loads.incrementAndGet();
            return ROWS.getOrDefault(id, "nothing");
        }

        @EvictConnection(cache = "shelves", key = "{id}")
        public void put(long id, String book) {
            ROWS.put(id, book);
        }

        @EvictConnection(tags = "shelf:{id}")
        public void putByTag(long id, String book) {
            ROWS.put(id, book);
        }

        @EvictConnection(cache = "shelves", all = true)
        public void putAll(String book) {
            ROWS.replaceAll((id, old) -> book);
        }

        int loads() {
            return loads.get();
        }
    }

    /** As {@link Shelves}, with entries that other programs can read, which have no tags. */
    @ApplicationScoped
    public static class Racks {

        final AtomicInteger loads = new AtomicInteger();

        @CachedConnection(cache = "racks")
        public String find(long id) {
            return "load " + loads.incrementAndGet();
        }

        @EvictConnection(cache = "racks", all = true)
        public void putAll() {}
    }

    private final List<String> set = new ArrayList<>();
    private final List<WeldContainer> open = new ArrayList<>();

    private void set(String key, String value) {
        System.setProperty("cached-connection." + key, value);
        set.add("cached-connection." + key);
    }

    private static String key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private WeldContainer started(String uri) {
        set("redis.uri", uri);
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig()); // it remembers names
        WeldContainer container = new Weld(UUID.randomUUID().toString())
                .disableDiscovery()
                .addExtensions(new PortableExtension())
                .addBeanClasses(Shelves.class, Racks.class)
                .initialize();
        open.add(container);
        return container;
    }

    @AfterEach
    void stop() {
        open.stream().filter(WeldContainer::isRunning).forEach(WeldContainer::close);
        set.forEach(System::clearProperty);
        Shelves.ROWS.clear();
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig());
    }

    private static Shelves shelves(WeldContainer container) {
        return container.select(Shelves.class).get();
    }

    private static ConnectionCaches caches(WeldContainer container) {
        return container.select(ConnectionCaches.class).get();
    }

    /** Looks up, writes in each way, and looks up again. */
    private static void assertCachesAndEvicts(WeldContainer container) {
        Shelves shelves = shelves(container);
        shelves.put(1, "a");
        shelves.put(2, "a");
        assertThat(shelves.find(1) + shelves.find(1) + shelves.find(2)).isEqualTo("aaa");
        int loads = shelves.loads();

        shelves.put(1, "b");
        assertThat(shelves.find(1) + shelves.find(2)).isEqualTo("ba");
        shelves.putByTag(2, "c");
        assertThat(shelves.find(1) + shelves.find(2)).isEqualTo("bc");
        shelves.putAll("d");
        assertThat(shelves.find(1) + shelves.find(2)).isEqualTo("dd");
        Shelves.ROWS.put(1L, "e"); // past the cache
        assertThat(shelves.find(1)).isEqualTo("d");
        caches(container).cache("shelves", Long.class, String.class).clear();
        assertThat(shelves.find(1)).isEqualTo("e");

        assertThat(loads).isEqualTo(2);
        assertThat(shelves.loads()).isEqualTo(7);
        assertThat(caches(container).statistics().get("shelves").failures()).isZero();
    }

    @Test
    void lookups_asItComes_areCachedAndEvicted() {
        assertCachesAndEvicts(started("memory:"));
    }

    @Test
    void lookups_jsonWire_areCachedAndEvicted() {
        set("cache.racks.wire", "JSON");
        Racks racks = started("memory:").select(Racks.class).get();
        assertThat(racks.find(1) + racks.find(2) + racks.find(1)).isEqualTo("load 1load 2load 1");

        racks.putAll();

        assertThat(racks.find(1) + racks.find(2)).isEqualTo("load 3load 4");
    }

    @Test
    void lookups_encryptedAndPrivate_areCachedAndEvicted() {
        set("encryption.enabled", "true");
        set("encryption.keys", key());
        set("key-privacy.enabled", "true");
        set("key-privacy.key", key());
        assertCachesAndEvicts(started("memory:"));
    }

    @Test
    void lookups_near_areAnsweredNearAndEvicted() {
        set("near.enabled", "true");
        set("near.max-staleness", "PT0.2S"); // shorter than the rounds that prove: a lookup proves, too
        WeldContainer container = started("memory:");
        await(() -> {
            shelves(container).find(9);
            return caches(container).statistics().get("shelves").nearHits() > 0;
        });
        Shelves shelves = shelves(container);
        shelves.put(9, "b");
        assertThat(shelves.find(9)).isEqualTo("b");
    }

    @Test
    void twoContainers_oneNameAndNear_seeEachOthersWrites() {
        set("near.enabled", "true");
        WeldContainer one = started("memory:container-test");
        WeldContainer two = started("memory:container-test");
        Shelves here = shelves(one);
        Shelves there = shelves(two);
        await(() -> {
            there.find(1);
            return caches(two).statistics().get("shelves").nearHits() > 0;
        });
        for (int i = 0; i < 1000; i++) {
            here.put(1, "v" + i);
            for (int lookup = 0; lookup < 3; lookup++) { // loaded, from the memory, near
                assertThat(there.find(1)).isEqualTo("v" + i);
            }
            here.putByTag(1, "w" + i);
            assertThat(there.find(1)).isEqualTo("w" + i);
        }
        assertThat(caches(two).statistics().get("shelves").nearHits()).isGreaterThan(500);
        assertThat(here.find(1)).isEqualTo("w999");
        assertThat(here.loads()).isZero(); // what two has loaded, one finds
    }

    @Test
    void twoContainers_otherPrefixes_shareNothing() {
        set("key-prefix", "one");
        WeldContainer one = started("memory:prefixes");
        shelves(one).find(1);
        set("key-prefix", "two");
        WeldContainer two = started("memory:prefixes");
        shelves(two).find(1);

        assertThat(shelves(two).loads()).isEqualTo(1);
        shelves(one).putAll("b");
        shelves(two).find(1);
        assertThat(shelves(two).loads()).isEqualTo(1);
    }

    @Test
    void restart_ofTheOnlyContainer_startsEmpty() {
        WeldContainer first = started("memory:restart");
        shelves(first).find(1);
        first.close();
        WeldContainer second = started("memory:restart");
        shelves(second).find(1);

        assertThat(shelves(second).loads()).isEqualTo(1);
    }

    @Test
    void unitOfWork_rolledBack_keepsWhatIsCachedConsistent() {
        WeldContainer container = started("memory:");
        Shelves shelves = shelves(container);
        shelves.put(1, "a");
        shelves.find(1);
        try (UnitOfWork work = caches(container).unitOfWork()) {
            shelves.put(1, "b");
            assertThat(shelves.find(1)).isEqualTo("b");
            Shelves.ROWS.put(1L, "a"); // the database rolls back
            work.rolledBack();
        }

        assertThat(shelves.find(1)).isEqualTo("a");
        int loads = shelves.loads();
        assertThat(shelves.find(1)).isEqualTo("a");
        assertThat(shelves.loads()).isEqualTo(loads);
    }

    @Test
    void providerConnections_set_areFoundUntilTheyAreDeleted() {
        ProviderConnectionCache connections =
                started("memory:").select(ProviderConnectionCache.class).get();
        ProviderConnection connection = ProviderConnection.pending(
                UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "schwab", Instant.EPOCH);
        connections.set(connection);
        assertThat(connections.get(connection.id())).contains(connection);

        assertThat(connections.delete(connection.id())).isTrue();

        assertThat(connections.exists(connection.id())).isFalse();
        assertThat(connections.get(connection.id())).isEmpty();
    }

    @Test
    void manyThreads_readAndWrite_neverReadWhatIsOld() throws Exception {
        WeldContainer container = started("memory:");
        Shelves shelves = shelves(container);
        shelves.put(1, "0");
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> all = new ArrayList<>();
            AtomicInteger written = new AtomicInteger();
            for (int i = 0; i < 15; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 2000; n++) {
                        int least = written.get();
                        assertThat(Integer.parseInt(shelves.find(1))).isGreaterThanOrEqualTo(least);
                    }
                }));
            }
            all.add(threads.submit(() -> {
                for (int n = 1; n < 1000; n++) {
                    shelves.put(1, String.valueOf(n));
                    written.set(n);
                }
            }));
            for (Future<?> each : all) {
                each.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(caches(container).statistics().get("shelves").failures()).isZero();
        assertThat(caches(container).statistics().get("shelves").hits()).isPositive();
    }

    @Test
    void deployment_sentinelsBesideIt_isRefused() {
        set("redis.sentinel.username", "ada");
        assertThatThrownBy(() -> started("memory:"))
                .hasMessageContaining("CC-0210 Setting cached-connection.redis.sentinel.username");
    }

    @Test
    void start_namesIt_asNotShared() {
        try (LoggedLines lines = new LoggedLines()) {
            caches(started("memory:shop")).statistics();

            assertThat(lines.all())
                    .anyMatch(line -> line.startsWith("CC-0250 redis.uri is memory:shop, so there is no Redis"))
                    .anyMatch(line -> line.startsWith("CC-0502") && line.contains("Redis at memory:shop"));
        }
    }

    /** Its threads are those of the recovery. */
    @Test
    void threads_ofAnApplication_areNoneForConnections() {
        Set<String> before = threads();
        shelves(started("memory:")).find(1);

        Set<String> more = threads();
        more.removeAll(before);
        assertThat(more).allMatch(name -> name.startsWith("cached-connection-recovery"));
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("cached-connection"))
                .collect(Collectors.toSet());
    }

    /** Is loaded where Jedis is missing, with all classes of the library. */
    static final class Application {

        private Application() {}

        static String used(String uri) {
            System.setProperty("cached-connection.redis.uri", uri);
            ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig());
            Extension extension = new PortableExtension();
            try (WeldContainer container = new Weld(UUID.randomUUID().toString())
                    .disableDiscovery()
                    .addExtensions(extension)
                    .addBeanClass(Shelves.class)
                    .initialize()) {
                Shelves shelves = container.select(Shelves.class).get();
                return shelves.find(1) + shelves.find(1) + " " + shelves.loads();
            } finally {
                System.clearProperty("cached-connection.redis.uri");
            }
        }
    }

    private static String usedWithoutJedis(String uri) throws Throwable {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassesWithout classes = new ClassesWithout("redis.clients.", "org.apache.commons.pool2.");
        Thread.currentThread().setContextClassLoader(classes);
        try {
            Method used = classes.loaded(Application.class).getDeclaredMethod("used", String.class);
            used.setAccessible(true);
            return (String) used.invoke(null, uri);
        } catch (InvocationTargetException e) {
            throw ScannedLog.thrown(e.getCause());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void application_withoutJedis_startsAndCaches() throws Throwable {
        assertThat(usedWithoutJedis("memory:without-jedis")).isEqualTo("nothingnothing 1");
        assertThatThrownBy(() -> usedWithoutJedis("redis://localhost:1")).hasStackTraceContaining("CC-0321");
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - until).isNegative();
        }
    }
}
