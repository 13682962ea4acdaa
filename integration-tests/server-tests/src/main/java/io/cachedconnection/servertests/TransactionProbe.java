package io.cachedconnection.servertests;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.TransactionScoped;
import java.util.concurrent.atomic.AtomicLong;

/** The number of transactions in the application, counted in two ways. */
@ApplicationScoped
public class TransactionProbe {

    private final AtomicLong entered = new AtomicLong();
    private final AtomicLong announced = new AtomicLong();

    void entered() {
        entered.incrementAndGet();
    }

    // WildFly announces each transaction, Payara 6 does not announce those of @Transactional.
    void announced(@Observes @Initialized(TransactionScoped.class) Object transaction) {
        announced.incrementAndGet();
    }

    /** How many {@code @Transactional} methods have been entered with a transaction. */
    public long enteredMethods() {
        return entered.get();
    }

    /** How many transactions the server has announced. */
    public long announcedTransactions() {
        return announced.get();
    }
}
