package io.cachedconnection.internal.cdi;

import io.cachedconnection.EvictConnection;
import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;

/** Sees the result that tells which key a write evicts. */
@Interceptor
@EvictConnection
@Priority(Integer.MAX_VALUE)
class InnermostEvictionInterceptor extends InnermostWriteInterceptor {

    private static final long serialVersionUID = 1L;
}
