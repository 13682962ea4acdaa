package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.testing.Gate;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Started;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of an application. */
class EndTest {

    /** Far longer than anybody who waits here has patience. */
    private static final String FOREVER = "PT10S";

    /** What is looked up and written. */
    @ApplicationScoped
    static class Poems {

        @CachedConnection(cache = "poems")
        public String find(int id) {
            return "poem " + id;
        }

        @EvictConnection(cache = "poems")
        public void save(@CacheKey int id, Runnable write) {
            write.run();
        }
    }

    private final RedisProcess redis = RedisProcess.started();
    private final Map<String, String> settings = Map.of(
            "cached-connection.redis.uri", redis.uri(),
            "cached-connection.redis.timeout", FOREVER,
            "cached-connection.redis.connect-timeout", FOREVER);
    private WeldContainer container;
    private Poems poems;

    @BeforeEach
    void start() {
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig()); // it remembers names
        settings.forEach(System::setProperty);
        container = new Weld()
                .disableDiscovery()
                .addExtensions(new PortableExtension())
                .addBeanClass(Poems.class)
                .initialize();
        poems = container.select(Poems.class).get();
    }

    @AfterEach
    void clear() {
        settings.keySet().forEach(System::clearProperty);
        redis.close();
    }

    @Test
    void close_redisHangs_isDoneAndSetsCallersFree() {
        Gate hung = new Gate();
        Started<String> write = Started.of(() -> {
            poems.save(1, () -> {
                redis.hang();
                hung.pass();
            });
            return "written";
        });
        hung.awaitArrival();
        Started<String> lookup = Started.of(() -> poems.find(2));
        lookup.awaitIn("io.cachedconnection.internal.redis");
        hung.open();

        close();

        assertThat(write.result()).isEqualTo("written");
        assertThat(lookup.result()).isEqualTo("poem 2");
    }

    @Test
    @Tag("proof")
    void close_evictionOnItsWayToARedisThatHangs_isDone() throws IOException {
        redis.kill();
        poems.save(1, () -> {});
        try (ServerSocket deaf = new ServerSocket(redis.port(), 50, InetAddress.getLoopbackAddress());
                Socket caller = deaf.accept()) {
            assertThat(caller.isConnected()).isTrue();

            close();
        }
    }

    private void close() {
        Started.of(() -> {
                    container.close();
                    return "closed";
                })
                .result();
    }
}
