package io.cachedconnection.internal.cdi;

import io.cachedconnection.PutConnection;
import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;

/** Tells the cache of a write whose result it keeps. */
@Interceptor
@PutConnection
@Priority(Interceptor.Priority.PLATFORM_BEFORE + WriteInterceptor.PLACE)
class PutConnectionInterceptor extends WriteInterceptor {

    private static final long serialVersionUID = 1L;
}
