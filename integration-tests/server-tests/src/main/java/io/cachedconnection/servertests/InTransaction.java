package io.cachedconnection.servertests;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import jakarta.transaction.UserTransaction;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** Callers whose transaction the work is in. It commits when the work is done, and is rolled back if that throws. */
@ApplicationScoped
public class InTransaction {

    /** What is to be done. */
    @FunctionalInterface
    public interface Work {

        /** Does it. */
        void run() throws Exception;
    }

    /** What the work throws to have its transaction rolled back. */
    public static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Undone() {
            super("The transaction is to be rolled back.");
        }
    }

    /** The names that WildFly, Payara and GlassFish have for it; Open Liberty has none. */
    private static final List<String> MANAGERS =
            List.of("java:jboss/TransactionManager", "java:appserver/TransactionManager");

    @Inject
    private UserTransaction transaction;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry registry;

    /** Makes a resource part of the caller's transaction. */
    public void enlist(XAResource resource) throws Exception {
        manager().getTransaction().enlistResource(resource);
    }

    /** Jakarta EE does not say where it is. */
    private static TransactionManager manager() throws ReflectiveOperationException {
        for (String name : MANAGERS) {
            TransactionManager manager = named(name);
            if (manager != null) {
                return manager;
            }
        }
        return (TransactionManager) Class.forName("com.ibm.tx.jta.TransactionManagerFactory")
                .getMethod("getTransactionManager")
                .invoke(null);
    }

    @SuppressWarnings("BanJNDI") // the names are constants
    private static @Nullable TransactionManager named(String name) {
        try {
            return (TransactionManager) new InitialContext().lookup(name);
        } catch (NamingException e) {
            return null; // another server's
        }
    }

    /** From now on the caller's transaction can only be rolled back. */
    public void markRollbackOnly() {
        registry.setRollbackOnly();
    }

    /** The server's transaction, the caller's if there is one. */
    @Transactional
    public void required(Work work) throws Exception {
        work.run();
    }

    /** The server's transaction, a new one; the caller's is suspended meanwhile. */
    @Transactional(TxType.REQUIRES_NEW)
    public void requiresNew(Work work) throws Exception {
        work.run();
    }

    /** A transaction that the application itself begins and ends. */
    public void beanManaged(Work work) throws Exception {
        transaction.begin();
        try {
            work.run();
            transaction.commit();
        } finally {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        }
    }
}
