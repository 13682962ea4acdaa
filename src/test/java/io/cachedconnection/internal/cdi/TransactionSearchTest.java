package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.transaction.JtaScope;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the transactions of an application are found, and what is said if they are not. */
class TransactionSearchTest {

    /** A directory that fails as none should. */
    public static final class OddDirectory implements InitialContextFactory {

        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            throw new IllegalStateException("odd");
        }
    }

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
            assertThat(container.bean(Composition.class).transactions().current())
                    .isNull();
        }
        assertThatTheUserIsWarned();
    }

    @Test
    void scope_registryIsABean_isThatAndNobodyIsWarned() {
        try (RunningContainer container = new RunningContainer(Shelf.class, TransactionsTest.Registry.class)) {
            assertThat(container.bean(Composition.class).transactions()).isInstanceOf(JtaScope.class);
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
            assertThat(container.bean(Composition.class).transactions()).isInstanceOf(JtaScope.class);
        }
        assertThat(log.warnings()).isEmpty();
    }

    private void assertThatTheUserIsWarned() {
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("CC-0504")
                .contains("not committed", "Make the registry a bean");
    }
}
