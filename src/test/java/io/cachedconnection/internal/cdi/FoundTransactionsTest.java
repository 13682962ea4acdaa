package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.transaction.JtaScope;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the transactions of an application are found, and what is said if they are not. */
class FoundTransactionsTest {

    /** A directory that fails as none should. */
    public static final class OddDirectory implements InitialContextFactory {

        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            throw new IllegalStateException("odd");
        }
    }

    @TempDir
    Path archive;

    private final LoggedLines log = new LoggedLines();

    private static void useOddDirectory() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, OddDirectory.class.getName());
    }

    @AfterEach
    void close() {
        log.close();
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    @Test
    void scope_noRegistry_warns() {
        try (RunningContainer container = new RunningContainer(Shelf.class)) {
            assertThat(container.bean(CacheRuntime.class).transactions().current())
                    .isNull();
        }
        assertThatTheUserIsWarned();
    }

    @Test
    void scope_registryIsABean_isThatAndNobodyIsWarned() {
        try (RunningContainer container = new RunningContainer(Shelf.class, TransactionsTest.Registry.class)) {
            assertThat(container.bean(CacheRuntime.class).transactions()).isInstanceOf(JtaScope.class);
        }
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void scope_directoryThrows_theApplicationStartsAndIsWarned() {
        useOddDirectory();
        try (RunningContainer container = new RunningContainer(Shelf.class)) {
            Shelf shelf = container.bean(Shelf.class);
            shelf.change(1, "Solaris");
            assertThat(shelf.find(1)).isPresent();
        }
        assertThatTheUserIsWarned();
    }

    @Test
    void scope_directoryThrowsAndTheRegistryIsABean_isThat() {
        useOddDirectory();
        try (RunningContainer container = new RunningContainer(Shelf.class, TransactionsTest.Registry.class)) {
            assertThat(container.bean(CacheRuntime.class).transactions()).isInstanceOf(JtaScope.class);
        }
        assertThat(log.warnings()).isEmpty();
    }

    private void startWith(String persistence, Class<?>... beans) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Path file = archive.resolve("META-INF/persistence.xml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, persistence);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {archive.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            new RunningContainer(beans).close();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void start_aPersistenceUnitWithTransactionsOfItsOwnAndWrites_warns() throws IOException {
        String units = "<persistence xmlns='https://jakarta.ee/xml/ns/persistence' version='3.0'>"
                + "<persistence-unit name='shop' transaction-type='RESOURCE_LOCAL'/>"
                + "<persistence-unit name='other' transaction-type='JTA'/></persistence>";
        startWith(units, Books.class, TransactionsTest.Registry.class);
        assertThat(log.warnings()).isEmpty(); // lookups only

        startWith(units, Shelf.class, TransactionsTest.Registry.class);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("CC-0509 Persistence unit shop has")
                .contains("7 method(s)", "docs/how-to/units-of-work.md");
    }

    @Test
    void start_aPersistenceUnitThatCannotBeRead_isNotOurs() throws IOException {
        startWith("<persistence><", Shelf.class, TransactionsTest.Registry.class);
        startWith(
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><x>&e;</x>",
                Shelf.class,
                TransactionsTest.Registry.class);

        assertThat(log.warnings()).isEmpty();
    }

    private void assertThatTheUserIsWarned() {
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("CC-0504")
                .contains("uncommitted", "Make the registry a bean");
    }
}
