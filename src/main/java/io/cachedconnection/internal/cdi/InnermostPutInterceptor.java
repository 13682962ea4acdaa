package io.cachedconnection.internal.cdi;

import io.cachedconnection.PutConnection;
import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;

/** Sees the value that a write puts. */
@Interceptor
@PutConnection
@Priority(Integer.MAX_VALUE)
class InnermostPutInterceptor extends InnermostWriteInterceptor {

    private static final long serialVersionUID = 1L;
}
