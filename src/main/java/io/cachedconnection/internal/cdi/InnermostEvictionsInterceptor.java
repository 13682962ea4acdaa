package io.cachedconnection.internal.cdi;

import io.cachedconnection.EvictConnections;
import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;

/** Sees the result that tells which keys a write with several evictions evicts. */
@Interceptor
@EvictConnections({})
@Priority(Integer.MAX_VALUE)
class InnermostEvictionsInterceptor extends InnermostWriteInterceptor {

    private static final long serialVersionUID = 1L;
}
