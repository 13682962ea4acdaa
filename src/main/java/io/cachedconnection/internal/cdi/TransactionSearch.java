package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.message.LifeMessage;
import io.cachedconnection.internal.transaction.JtaScope;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The search for the transactions of the application. Jakarta Transactions may not be on the class path, so no class that
 * mentions it is touched before that is known.
 */
final class TransactionSearch {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    private final Instance<Object> beans;

    TransactionSearch(Instance<Object> beans) {
        this.beans = beans;
    }

    /** Whether there can be a registry of transactions. */
    static boolean hasRegistry() {
        return OptionalApi.has("jakarta.transaction.TransactionSynchronizationRegistry");
    }

    /** Where the transaction of a thread is found; nowhere if there is no transaction manager. */
    TransactionScope scope() {
        if (!hasRegistry()) {
            return TransactionScope.none();
        }
        @Nullable TransactionScope found = RegistrySearch.scope(beans);
        if (found == null) {
            LOG.log(Level.WARNING, LifeMessage.NO_TRANSACTIONS.with());
            return TransactionScope.none();
        }
        return found;
    }

    /** The search for the registry of Jakarta Transactions: where the platform puts it, else among the beans. */
    static final class RegistrySearch {

        private static final Logger LOG = System.getLogger("io.cachedconnection");
        /** The platform's; and, since who starts an EAR may have no component of its own, those of WildFly and GlassFish. */
        private static final List<String> PLACES = Stream.of("java:comp/", "java:jboss/", "java:appserver/")
                .map(context -> context + "TransactionSynchronizationRegistry")
                .toList();

        private RegistrySearch() {}

        static @Nullable TransactionScope scope(Instance<Object> beans) {
            TransactionSynchronizationRegistry registry = PLACES.stream()
                    .map(RegistrySearch::at)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            Instance<TransactionSynchronizationRegistry> bean = beans.select(TransactionSynchronizationRegistry.class);
            if (registry == null && bean.isResolvable()) {
                registry = bean.get();
            }
            return registry == null ? null : new JtaScope(registry, System::nanoTime);
        }

        @SuppressWarnings("BanJNDI") // the names are constants
        private static @Nullable TransactionSynchronizationRegistry at(String place) {
            try {
                return (TransactionSynchronizationRegistry) new InitialContext().lookup(place);
            } catch (NamingException
                    | RuntimeException e) { // not every container has a directory, and some have odd ones
                LOG.log(Level.DEBUG, place, e);
                return null;
            }
        }
    }
}
