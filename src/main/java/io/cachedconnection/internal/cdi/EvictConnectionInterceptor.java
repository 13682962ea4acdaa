package io.cachedconnection.internal.cdi;

import io.cachedconnection.EvictConnection;
import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;

/** Tells the cache of a write that evicts. */
@Interceptor
@EvictConnection
@Priority(Interceptor.Priority.PLATFORM_BEFORE + WriteInterceptor.PLACE)
class EvictConnectionInterceptor extends WriteInterceptor {

    private static final long serialVersionUID = 1L;
}
