package io.cachedconnection.internal.cdi;

import io.cachedconnection.CachedConnection;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Asks the cache before the method. It runs outside {@code @Transactional}, so that a hit begins no transaction. If other
 * interceptors surround the method, it leaves the lookup to {@link InnermostLookupInterceptor}. Serializable, because
 * passivated beans carry their interceptors along.
 */
@Interceptor
@CachedConnection
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class CachedConnectionInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // the injected object is a serializable client proxy
    CacheRuntime cacheRuntime;

    // Lookups of this bean: a call of the proxy takes as long as a near hit. Several threads may find them.
    private transient Lookups.@Nullable BeanLookups lookups;

    @AroundInvoke
    @Nullable Object lookUp(InvocationContext call) throws Exception {
        Class<?> runtimeClass = call.getTarget().getClass();
        Lookups.BeanLookups known = lookups;
        if (known == null || !known.areOf(runtimeClass)) {
            known = cacheRuntime.lookups().of(runtimeClass);
            lookups = known;
        }
        Lookups.MethodLookup lookup = known.find(call);
        if (lookup != null && !lookup.isInnermost()) {
            return lookup.answer(call);
        }
        if (lookup != null) {
            call.getContextData().put(InnermostLookupInterceptor.LOOKUP, lookup);
        }
        return call.proceed();
    }

    /** Asks the cache directly before the method, so that all other interceptors run for a hit as well. */
    @Interceptor
    @CachedConnection
    @Priority(Integer.MAX_VALUE)
    static class InnermostLookupInterceptor implements Serializable {

        private static final long serialVersionUID = 1L;

        /** The context key under which {@link CachedConnectionInterceptor} leaves a lookup for this interceptor. */
        static final String LOOKUP = "io.cachedconnection.lookup";

        @AroundInvoke
        @Nullable Object lookUp(InvocationContext call) throws Exception {
            Object lookup = call.getContextData().get(LOOKUP);
            return lookup == null ? call.proceed() : ((Lookups.MethodLookup) lookup).answer(call);
        }
    }
}
