package io.cachedconnection.internal.cdi;

import io.cachedconnection.CachedConnection;
import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;

/** Answers lookups outside {@code @Transactional}, so that a hit begins no transaction. */
@Interceptor
@CachedConnection
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class CachedConnectionInterceptor extends LookupInterceptor {

    private static final long serialVersionUID = 1L;

    CachedConnectionInterceptor() {
        super(false);
    }
}
