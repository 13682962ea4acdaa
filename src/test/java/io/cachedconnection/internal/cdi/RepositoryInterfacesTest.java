package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.internal.cdi.Atlases.Atlas;
import io.cachedconnection.testing.ScannedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories of which the user writes only the interface: with a generated class, and with a bean that has none. */
class RepositoryInterfacesTest {

    private static final Atlas ATLAS = new Atlas(1, "Stieler");
    private static final Atlas OTHER = new Atlas(1, "Andree");

    /** Makes a bean of an interface, with a proxy for each object, as servers do for repositories. */
    static final class Repositories<T> implements Extension {

        private final Class<T> type;
        private final T database;

        Repositories(Class<T> type, T database) {
            this.type = type;
            this.database = database;
        }

        void add(@Observes AfterBeanDiscovery discovery, BeanManager manager) {
            discovery
                    .<T>addBean()
                    .beanClass(type)
                    .types(type) // and not Object, as GlassFish 8 has it
                    .scope(ApplicationScoped.class)
                    .createWith(context -> intercepted(manager, context));
        }

        private T intercepted(BeanManager manager, CreationalContext<T> context) {
            Object proxy = Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> method.invoke(database, arguments));
            return manager.createInterceptionFactory(context, type).createInterceptedInstance(type.cast(proxy));
        }
    }

    @Test
    void generatedClass_marksAndNamesOfTheInterface_isCachedAndEvicted() {
        try (RunningContainer container = new RunningContainer(Atlases.Generated.class)) {
            assertThatItCaches(container, container.bean(Atlases.Generated.class)::change);
        }
    }

    @Test
    void beanOfAnInterface_isCachedAndEvicted() {
        Atlases.Generated database = new Atlases.Generated();
        try (RunningContainer container = new RunningContainer(new Repositories<>(Atlases.class, database))) {
            assertThatItCaches(container, database::change);
        }
    }

    private static void assertThatItCaches(RunningContainer container, Consumer<Atlas> unseen) {
        Atlases atlases = container.bean(Atlases.class);
        atlases.save(ATLAS);
        assertThat(atlases.find(1, "de")).contains(ATLAS);
        assertThat(atlases.entitled("Stieler")).containsExactly(ATLAS);
        assertThat(container.stored("atlases:1")).isNotNull();
        assertThat(container.life("atlases:1")).isBetween(1L, 60_000L);
        assertThat(container.stored("atlas-lists:Stieler")).isNotNull();

        unseen.accept(OTHER);
        assertThat(atlases.find(1, "pl")).contains(ATLAS);
        assertThat(atlases.entitled("Stieler")).containsExactly(ATLAS);

        atlases.save(OTHER);
        assertThat(atlases.find(1, "pl")).contains(OTHER);
        assertThat(atlases.entitled("Stieler")).isEmpty();
    }

    /** Writes what only a repository looks up. */
    @ApplicationScoped
    static class Import {
        @EvictConnection(cache = "atlases")
        public void add(long id) {
            // the eviction is all there is to see
        }
    }

    /** Runs what a server does that has Jakarta Data. */
    private static void withJakartaData(Path directory, Runnable server) throws IOException {
        Path source = Files.writeString(
                directory.resolve("Repository.java"),
                "package jakarta.data.repository; public @interface Repository {}");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", "" + directory, "" + source))
                .isZero();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            server.run();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void beanOfAnInterface_looksUpWhatABeanWrites_isEvicted(@TempDir Path directory) throws IOException {
        Extension extension = new Repositories<>(Atlases.class, new Atlases.Generated());

        withJakartaData(directory, () -> {
            try (RunningContainer container = new RunningContainer(extension, Import.class)) {
                Atlases atlases = container.bean(Atlases.class);
                atlases.save(ATLAS);
                atlases.find(1, "de");
                assertThat(container.stored("atlases:1")).isNotNull();

                container.bean(Import.class).add(1);

                assertThat(container.stored("atlases:1")).isNull();
            }
        });
    }

    @Test
    @SuppressWarnings("resource") // it does not start
    void write_jakartaDataIsThereAndNothingLooksItUp_isRefused(@TempDir Path directory) throws IOException {
        withJakartaData(directory, () -> {
            Throwable refusal = catchThrowable(() -> new RunningContainer(Import.class));

            assertThat(ScannedLog.thrown(refusal)).hasStackTraceContaining("CC-0129 Import.add(long)");
        });
    }

    /** Cannot be cached. */
    interface Wrong {
        @CachedConnection
        void returnsNothing(UUID id);
    }

    @Test
    @SuppressWarnings("resource") // it does not start
    void beanOfAnInterface_wrongAnnotations_isRefused() {
        Throwable refusal = catchThrowable(() -> new RunningContainer(new Repositories<>(Wrong.class, id -> {})));

        assertThat(ScannedLog.thrown(refusal)).hasStackTraceContaining("CC-0101 Wrong.returnsNothing(UUID)");
    }
}
