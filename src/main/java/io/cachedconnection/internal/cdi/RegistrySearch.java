package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.core.TransactionScope;
import io.cachedconnection.internal.transaction.JtaScope;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** The search for the registry of Jakarta Transactions: where the platform puts it, else among the beans. */
final class RegistrySearch {

    private static final Logger LOG = System.getLogger("io.cachedconnection");
    private static final String PLACE = "java:comp/TransactionSynchronizationRegistry";

    private RegistrySearch() {}

    static @Nullable TransactionScope scope(Instance<Object> beans) {
        TransactionSynchronizationRegistry registry = named();
        Instance<TransactionSynchronizationRegistry> bean = beans.select(TransactionSynchronizationRegistry.class);
        if (registry == null && bean.isResolvable()) {
            registry = bean.get();
        }
        return registry == null ? null : new JtaScope(registry, System::nanoTime);
    }

    @SuppressWarnings("BanJNDI") // the name is a constant
    private static @Nullable TransactionSynchronizationRegistry named() {
        try {
            return (TransactionSynchronizationRegistry) new InitialContext().lookup(PLACE);
        } catch (NamingException | RuntimeException e) { // not every container has a directory, and some have odd ones
            LOG.log(Level.DEBUG, PLACE, e);
            return null;
        }
    }
}
