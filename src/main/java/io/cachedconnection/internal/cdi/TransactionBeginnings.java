package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.transaction.JtaScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionScoped;

/** Sees transactions begin, so that their age is known. A bean only where Jakarta Transactions is on the class path. */
@ApplicationScoped
class TransactionBeginnings {

    @Inject
    Composition composition;

    void begun(@Observes @Initialized(TransactionScoped.class) Object event) {
        if (composition.transactions() instanceof JtaScope jta) {
            jta.begun();
        }
    }
}
