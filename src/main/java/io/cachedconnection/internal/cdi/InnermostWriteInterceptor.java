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
 * What the innermost interceptors of writes have in common, one for each annotation. They see what the method has returned
 * itself, before other interceptors make something else of it.
 */
class InnermostWriteInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    @AroundInvoke
    @Nullable Object write(InvocationContext call) throws Exception {
        return Writes.writeInnermost(call);
    }

    /** Sees the result that tells which key a write evicts. */
    @Interceptor
    @EvictConnection
    @Priority(Integer.MAX_VALUE)
    static class InnermostEvictionInterceptor extends InnermostWriteInterceptor {

        private static final long serialVersionUID = 1L;
    }

    /** Sees the result that tells which keys a write with several evictions evicts. */
    @Interceptor
    @EvictConnections({})
    @Priority(Integer.MAX_VALUE)
    static class InnermostEvictionsInterceptor extends InnermostWriteInterceptor {

        private static final long serialVersionUID = 1L;
    }

    /** Sees the value that a write puts. */
    @Interceptor
    @PutConnection
    @Priority(Integer.MAX_VALUE)
    static class InnermostPutInterceptor extends InnermostWriteInterceptor {

        private static final long serialVersionUID = 1L;
    }
}
