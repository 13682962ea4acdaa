package io.cachedconnection.internal.cdi;

import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictConnections;
import io.cachedconnection.PutConnection;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The base of the innermost interceptors of writes, one per annotation. They see the result of the method itself, before other
 * interceptors change it.
 */
class InnermostWriteInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    @AroundInvoke
    @Nullable Object write(InvocationContext call) throws Exception {
        return Writes.writeInnermost(call);
    }

    /** Sees the result that determines the key to evict. */
    @Interceptor
    @EvictConnection
    @Priority(Integer.MAX_VALUE)
    static class InnermostEvictionInterceptor extends InnermostWriteInterceptor {

        private static final long serialVersionUID = 1L;
    }

    /** Sees the result that determines the keys to evict, for several evictions. */
    @Interceptor
    @EvictConnections({})
    @Priority(Integer.MAX_VALUE)
    static class InnermostEvictionsInterceptor extends InnermostWriteInterceptor {

        private static final long serialVersionUID = 1L;
    }

    /** Sees the value to put. */
    @Interceptor
    @PutConnection
    @Priority(Integer.MAX_VALUE)
    static class InnermostPutInterceptor extends InnermostWriteInterceptor {

        private static final long serialVersionUID = 1L;
    }
}
