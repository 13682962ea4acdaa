package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.engine.near.CaffeineStores;
import io.cachedconnection.testing.ScannedLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The library in a container where Caffeine is not on the class path. */
class WithoutCaffeineTest {

    /** Counts the values that it loads. */
    @ApplicationScoped
    static class Shelves {

        private int loads;

        @CachedConnection(cache = "shelves")
        public String find(long id) {
            return "load " + ++loads;
        }
    }

    /** Is loaded where Caffeine is missing, with all classes of the library. */
    static final class Application {

        private Application() {}

        /** What two lookups of the application return, and what it finds in a cache that it opens itself. */
        static String used(Map<String, String> settings) {
            try (RunningContainer container = new RunningContainer("t" + UUID.randomUUID(), settings, Shelves.class)) {
                Shelves shelves = container.bean(Shelves.class);
                var later = container.bean(ConnectionCaches.class).cache("later", Long.class, String.class);
                later.put(1L, "put");
                return shelves.find(1) + ", " + shelves.find(1) + ", " + later.find(1L);
            }
        }
    }

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final ClassesWithout classes = new ClassesWithout("com.github.benmanes.caffeine.");

    @BeforeEach
    void enter() {
        Thread.currentThread().setContextClassLoader(classes);
    }

    @AfterEach
    void leave() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private String used(Map<String, String> settings) throws Throwable {
        Method used = classes.loaded(Application.class).getDeclaredMethod("used", Map.class);
        used.setAccessible(true);
        try {
            return (String) used.invoke(null, settings);
        } catch (InvocationTargetException e) {
            throw ScannedLog.thrown(e.getCause());
        }
    }

    @Test
    void areUsable_withCaffeine_isTrueAndWithoutIsFalse() throws Exception {
        assertThat(CaffeineStores.areUsable()).isTrue();
        assertThat(classes.loaded(CaffeineStores.class).getMethod("areUsable").invoke(null))
                .isEqualTo(false);
    }

    @Test
    void application_noNearCache_startsAndCaches() throws Throwable {
        assertThat(used(Map.of())).isEqualTo("load 1, load 1, " + Optional.of("put"));
    }

    @Test
    void deployment_nearCacheOn_isRefusedWithWhatToDo() {
        assertThatThrownBy(() -> used(Map.of("cache.shelves.near.enabled", "true")))
                .hasStackTraceContaining("CC-0327")
                .hasStackTraceContaining("on for shelves (near.enabled)")
                .hasStackTraceContaining("com.github.ben-manes.caffeine:caffeine");
    }

    @Test
    void deployment_allNear_namesEachCacheInOneMessage() {
        assertThatThrownBy(() -> used(Map.of("near.enabled", "true")))
                .hasStackTraceContaining("on for provider-connection, shelves (near.enabled)");
    }

    @Test
    void cache_openedLaterAndNear_isRefused() {
        assertThatThrownBy(() -> used(Map.of("cache.later.near.enabled", "true")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CC-0327")
                .hasMessageContaining("on for later (near.enabled)");
    }
}
