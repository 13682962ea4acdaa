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
 * What the interceptors of writes have in common, one for each annotation. They stand inside {@code @Transactional}: only
 * there the transaction in which the method writes is the current one. Outside, {@code REQUIRED} would not have begun it
 * yet, and with {@code REQUIRES_NEW} and {@code NOT_SUPPORTED} it would be another one. Serializable because beans that are
 * passivated carry their interceptors along.
 */
class WriteInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How far behind {@code @Transactional}, which is at {@code PLATFORM_BEFORE + 200}. */
    static final int PLACE = 210;

    @Inject
    @SuppressWarnings("serial") // what is injected is a client proxy, and those are serializable
    CacheRuntime cacheRuntime;

    @AroundInvoke
    @Nullable Object write(InvocationContext call) throws Exception {
        return cacheRuntime.writes().write(call);
    }

    /** Tells the cache of a write that evicts. */
    @Interceptor
    @EvictConnection
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + WriteInterceptor.PLACE)
    static class EvictConnectionInterceptor extends WriteInterceptor {

        private static final long serialVersionUID = 1L;
    }

    /** Tells the cache of a write that evicts more than once: for CDI that is an annotation of its own. */
    @Interceptor
    @EvictConnections({})
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + WriteInterceptor.PLACE)
    static class EvictConnectionsInterceptor extends WriteInterceptor {

        private static final long serialVersionUID = 1L;
    }

    /** Tells the cache of a write whose result it keeps. */
    @Interceptor
    @PutConnection
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + WriteInterceptor.PLACE)
    static class PutConnectionInterceptor extends WriteInterceptor {

        private static final long serialVersionUID = 1L;
    }
}
