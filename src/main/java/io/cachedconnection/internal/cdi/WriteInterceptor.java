package io.cachedconnection.internal.cdi;

import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictConnections;
import io.cachedconnection.PutConnection;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The base of the interceptors of writes, one per annotation. They run inside {@code @Transactional}, where the transaction of
 * the method is the current one. Outside, {@code REQUIRED} would not have begun it yet, and {@code REQUIRES_NEW} and {@code
 * NOT_SUPPORTED} would show another one. Serializable, because passivated beans carry their interceptors along.
 */
class WriteInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * The offset from {@code PLATFORM_BEFORE}: directly after {@code @Transactional}, which is at {@code PLATFORM_BEFORE +
     * 200}.
     */
    static final int PLACE = 210;

    @Inject
    @SuppressWarnings("serial") // the injected object is a serializable client proxy
    CacheRuntime cacheRuntime;

    @AroundInvoke
    @Nullable Object write(InvocationContext call) throws Exception {
        return cacheRuntime.writes().write(call);
    }

    /** Reports a write that evicts. */
    @Interceptor
    @EvictConnection
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + WriteInterceptor.PLACE)
    static class EvictConnectionInterceptor extends WriteInterceptor {

        private static final long serialVersionUID = 1L;
    }

    /** Reports a write with several evictions, which has a container annotation of its own in CDI. */
    @Interceptor
    @EvictConnections({})
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + WriteInterceptor.PLACE)
    static class EvictConnectionsInterceptor extends WriteInterceptor {

        private static final long serialVersionUID = 1L;
    }

    /** Reports a write whose result is cached. */
    @Interceptor
    @PutConnection
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + WriteInterceptor.PLACE)
    static class PutConnectionInterceptor extends WriteInterceptor {

        private static final long serialVersionUID = 1L;
    }
}
