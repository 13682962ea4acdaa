package io.cachedconnection.servertests;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import jakarta.transaction.UserTransaction;

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
