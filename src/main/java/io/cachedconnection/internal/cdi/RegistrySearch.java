package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.core.TransactionScope;
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

/** The search for the registry of Jakarta Transactions: where the platform puts it, else among the beans. */
final class RegistrySearch {

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
        } catch (NamingException | RuntimeException e) { // not every container has a directory, and some have odd ones
            LOG.log(Level.DEBUG, place, e);
            return null;
        }
    }
}
