package io.cachedconnection.servertests;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.io.Serializable;

/** Notes each call of a {@code @Transactional} method that has a transaction: it stands just inside the server's own interceptor. */
@Transactional
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 201)
public class TransactionWatch implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private TransactionProbe probe;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private transient TransactionSynchronizationRegistry transactions;

    @AroundInvoke
    public Object note(InvocationContext call) throws Exception {
        if (transactions.getTransactionStatus() == Status.STATUS_ACTIVE) {
            probe.entered();
        }
        return call.proceed();
    }
}
