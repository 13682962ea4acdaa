package io.cachedconnection.internal.cdi;

import io.cachedconnection.CachedConnection;
import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;

/** Answers lookups next to the method, so that all other interceptors run for a hit as well. */
@Interceptor
@CachedConnection
@Priority(Integer.MAX_VALUE)
class InnermostLookupInterceptor extends LookupInterceptor {

    private static final long serialVersionUID = 1L;

    InnermostLookupInterceptor() {
        super(true);
    }
}
