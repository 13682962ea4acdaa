package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.core.TransactionScope;
import io.cachedconnection.internal.message.LifeMessage;
import jakarta.enterprise.inject.Instance;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
}
