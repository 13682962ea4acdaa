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
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.transaction.xa.XAResource;

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

    @Inject
    private UserTransaction transaction;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry registry;

    /** Makes a resource part of the caller's transaction. */
    public void enlist(XAResource resource) throws Exception {
        manager().getTransaction().enlistResource(resource);
    }

    @SuppressWarnings("BanJNDI") // the names are constants
    private static TransactionManager manager() throws NamingException {
        var names = new InitialContext();
        try {
            return (TransactionManager) names.lookup("java:jboss/TransactionManager");
        } catch (NamingException e) {
            return (TransactionManager) names.lookup("java:appserver/TransactionManager"); // no WildFly, so Payara
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
