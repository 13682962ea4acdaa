package io.cachedconnection.servertests.secured;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;

/** Lets the administrator through, at the place where Payara has the interceptor of its roles. */
@AdminOnly
@Interceptor
@Priority(5000)
public class AdminOnlyInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // a client proxy
    private User user;

    @AroundInvoke
    Object check(InvocationContext call) throws Exception {
        if (!user.name().equals("admin")) {
            throw new SecurityException("not for " + user.name());
        }
        return call.proceed();
    }
}
