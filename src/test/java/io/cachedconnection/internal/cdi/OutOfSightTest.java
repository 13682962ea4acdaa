package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.internal.cdi.Books.Book;
import io.cachedconnection.testing.TestRedis;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bean classes that the context class loader does not find at deployment, as those of a WAR in an EAR. */
class OutOfSightTest {

    /** Has a method that cannot be cached. */
    @ApplicationScoped
    static class Wrong {

        @CachedConnection
        public void returnsNothing(UUID id) {}
    }

    /** A class loader that does not find them. */
    private static final class Blind extends ClassLoader {

        Blind(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (List.of(Books.class.getName(), Wrong.class.getName()).contains(name)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final Map<String, String> settings = Map.of(
            "cached-connection.redis.uri",
            TestRedis.uri().toString(),
            "cached-connection.redis.timeout",
            "PT5S",
            "cached-connection.key-prefix",
            "t" + UUID.randomUUID());

    @BeforeEach
    void look() {
        Thread.currentThread().setContextClassLoader(new Blind(before));
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig()); // it remembers names
        settings.forEach(System::setProperty);
    }

    @AfterEach
    void lookAsBefore() {
        settings.keySet().forEach(System::clearProperty);
        System.clearProperty("cached-connection.tll");
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void lookup_classOutOfSight_isCached() {
        try (WeldContainer container = new Weld()
                .disableDiscovery()
                .addExtensions(new FullExtension())
                .addBeanClass(Books.class)
                .initialize()) {
            Books books = container.select(Books.class).get();
            books.save(new Book(1, "Solaris", List.of("Lem")));

            books.find(1L);
            books.find(1L);

            assertThat(books.loads()).isEqualTo(1);
        }
    }

    @Test
    @SuppressWarnings("resource") // it does not start
    void deployment_classOutOfSightIsWrong_isRefusedWithAllThatIs() {
        System.setProperty("cached-connection.tll", "PT5M");
        Weld weld = new Weld()
                .disableDiscovery()
                .addExtensions(new FullExtension())
                .addBeanClasses(Wrong.class, Books.class);

        Throwable refusal = catchThrowable(weld::initialize);

        assertThat(refusal).hasMessageContainingAll("CC-0501", "returnsNothing", "cached-connection.tll");
    }
}
