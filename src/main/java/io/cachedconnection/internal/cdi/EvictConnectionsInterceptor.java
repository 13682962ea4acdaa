package io.cachedconnection.internal.cdi;

import io.cachedconnection.EvictConnections;
import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;

/** Tells the cache of a write that evicts more than once: for CDI that is an annotation of its own. */
@Interceptor
@EvictConnections({})
@Priority(Interceptor.Priority.PLATFORM_BEFORE + WriteInterceptor.PLACE)
class EvictConnectionsInterceptor extends WriteInterceptor {

    private static final long serialVersionUID = 1L;
}
