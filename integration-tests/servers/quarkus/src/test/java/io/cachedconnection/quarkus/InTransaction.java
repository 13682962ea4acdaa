package io.cachedconnection.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Runs work in a transaction, which is rolled back when the work throws. */
@ApplicationScoped
public class InTransaction {

    /** Undoes the transaction. */
    static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Transactional
    public void required(Runnable work) {
        work.run();
    }

    @Transactional(TxType.REQUIRES_NEW)
    public void requiresNew(Runnable work) {
        work.run();
    }
}
