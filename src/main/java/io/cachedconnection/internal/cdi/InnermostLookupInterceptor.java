package io.cachedconnection.internal.cdi;

import io.cachedconnection.CachedConnection;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Puts the question to the cache next to the method, so that all other interceptors run for a hit as well. */
@Interceptor
@CachedConnection
@Priority(Integer.MAX_VALUE)
class InnermostLookupInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where {@link CachedConnectionInterceptor} leaves the lookup that a call is, if it is to be answered here. */
    static final String LOOKUP = "io.cachedconnection.lookup";

    @AroundInvoke
    @Nullable Object lookUp(InvocationContext call) throws Exception {
        Object lookup = call.getContextData().get(LOOKUP);
        return lookup == null ? call.proceed() : ((Lookups.MethodLookup) lookup).answer(call);
    }
}
