package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.internal.cdi.Books.Book;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.TestRedis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jboss.weld.lite.extension.translator.BuildCompatibleExtensionLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The extension for containers of CDI Lite, in one of full CDI that has not the other extension. */
class BuildTimeExtensionTest {

    /** The same for a container that leaves it out where portable extensions are possible. */
    public static final class Unskipped implements BuildCompatibleExtension {

        private final BuildTimeExtension extension = new BuildTimeExtension();

        @Discovery
        public void addBeans(ScannedClasses classes) {
            extension.addBeans(classes);
        }

        @Registration(types = Object.class)
        public void found(BeanInfo bean) {
            extension.found(bean);
        }

        @Synthesis
        public void check(SyntheticComponents components) {
            extension.check(components);
        }
    }

    @ApplicationScoped
    static class Wrong {

        @CachedConnection
        public void returnsNothing(UUID id) {}
    }

    /** A class loader that does not find it. */
    private static final class Blind extends ClassLoader {

        Blind(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Wrong.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    @TempDir
    Path directory;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void offer() throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(BuildCompatibleExtension.class.getName()), Unskipped.class.getName());
        URL[] found = {directory.toUri().toURL()};
        Thread.currentThread().setContextClassLoader(new URLClassLoader(found, before));
        System.setProperty("cached-connection.redis.uri", TestRedis.uri().toString());
        System.setProperty("cached-connection.redis.timeout", "PT5S");
        System.setProperty("cached-connection.key-prefix", "t" + UUID.randomUUID());
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig()); // it remembers names
        BuildCompatibleExtensionLoader.clearDiscoveredExtensions(); // Weld remembers those of the container before
    }

    @AfterEach
    void asBefore() throws IOException {
        List.of("redis.uri", "redis.timeout", "key-prefix", "tll")
                .forEach(key -> System.clearProperty("cached-connection." + key));
        ((URLClassLoader) Thread.currentThread().getContextClassLoader()).close();
        Thread.currentThread().setContextClassLoader(before);
        BuildCompatibleExtensionLoader.clearDiscoveredExtensions();
    }

    @Test
    void lookup_twice_isCached() {
        try (WeldContainer container = weld(Books.class).initialize()) {
            Books books = container.select(Books.class).get();
            books.save(new Book(1, "Solaris", List.of("Lem")));

            books.find(1L);
            books.find(1L);

            assertThat(books.loads()).isEqualTo(1);
        }
    }

    @Test
    void deployment_wrongSettings_areLeftToTheStart() {
        System.setProperty("cached-connection.tll", "PT5M");

        Throwable refusal = refusal(Books.class);

        assertThat(refusal).hasMessageContaining("CC-0501").hasMessageContaining("cached-connection.tll");
        assertThat(wasStarting(refusal)).isTrue();
    }

    @Test
    void deployment_wrongMethods_isRefusedAtOnceAndWithoutAWordOfSettings() {
        System.setProperty("cached-connection.tll", "PT5M");

        Throwable refusal = refusal(Wrong.class);

        assertThat(refusal).hasMessageContaining("CC-0101").hasMessageNotContaining("cached-connection.tll");
        assertThat(wasStarting(refusal)).isFalse();
    }

    @Test
    void deployment_classThatCannotBeLoaded_isNotReadAndSaidAtDebugLevel() {
        ClassLoader sighted = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new Blind(sighted));

        try (LoggedLines lines = new LoggedLines();
                WeldContainer container = weld(Wrong.class).initialize()) {
            assertThat(container.isRunning()).isTrue();
            assertThat(lines.ids()).contains("CC-0503");
        } finally {
            Thread.currentThread().setContextClassLoader(sighted);
        }
    }

    @Test
    void codec_ofTheApplication_isInUseAndTheUnusedIsSaid() {
        try (LoggedLines lines = new LoggedLines();
                WeldContainer container = weld(TypeCodecsTest.Routes.class)
                        .addBeanClasses(TypeCodecsTest.RouteCodec.class)
                        .initialize()) {
            TypeCodecsTest.Routes routes =
                    container.select(TypeCodecsTest.Routes.class).get();
            routes.find(1);
            assertThat(routes.find(1).packed()).isEqualTo("A-1");
            assertThat(routes.loads()).isEqualTo(1);
            assertThat(lines.ids()).doesNotContain("CC-0442");
        }
        try (LoggedLines lines = new LoggedLines();
                WeldContainer container = weld(Books.class)
                        .addBeanClasses(TypeCodecsTest.RouteCodec.class)
                        .initialize()) {
            assertThat(container.isRunning()).isTrue();
            assertThat(lines.ids()).contains("CC-0442");
        }
    }

    @Test
    void codecs_twoOfOneType_areRefusedAtTheStart() {
        Throwable refusal = ScannedLog.thrown(catchThrowable(weld(TypeCodecsTest.Routes.class)
                .addBeanClasses(TypeCodecsTest.RouteCodec.class, TypeCodecsTest.NextCodec.class)::initialize));
        while (refusal.getCause() != null) {
            refusal = refusal.getCause();
        }
        assertThat(refusal).hasMessageContaining("CC-0440");
        assertThat(wasStarting(refusal)).isTrue();
    }

    private static Weld weld(Class<?> bean) {
        return new Weld()
                .setClassLoader(Thread.currentThread().getContextClassLoader())
                .disableDiscovery()
                .addBeanClasses(bean);
    }

    @SuppressWarnings("resource") // it does not start
    private static Throwable refusal(Class<?> bean) {
        Throwable refusal = ScannedLog.thrown(catchThrowable(weld(bean)::initialize));
        while (refusal.getCause() != null) {
            refusal = refusal.getCause();
        }
        return refusal;
    }

    private static boolean wasStarting(Throwable refusal) {
        return Arrays.stream(refusal.getStackTrace())
                .anyMatch(call -> call.getClassName().equals(CacheRuntime.class.getName()));
    }
}
