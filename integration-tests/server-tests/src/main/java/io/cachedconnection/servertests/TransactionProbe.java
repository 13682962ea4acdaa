package io.cachedconnection.servertests;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.TransactionScoped;
import java.util.concurrent.atomic.AtomicLong;

/** The number of transactions that have begun in the application. */
@ApplicationScoped
public class TransactionProbe {

    private final AtomicLong begun = new AtomicLong();

    void count(@Observes @Initialized(TransactionScoped.class) Object transaction) {
        begun.incrementAndGet();
    }

    public long begun() {
        return begun.get();
    }
}
