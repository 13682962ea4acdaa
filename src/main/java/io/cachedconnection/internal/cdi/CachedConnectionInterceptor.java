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
 * Puts the question to the cache instead of the method. It stands outside {@code @Transactional}, so that a hit begins no
 * transaction; if others intercept the method, it leaves the answer to {@link InnermostLookupInterceptor}. It is serializable
 * because beans that are passivated carry their interceptors along.
 */
@Interceptor
@CachedConnection
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class CachedConnectionInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // what is injected is a client proxy, and those are serializable
    CacheRuntime cacheRuntime;

    // Of the bean: to ask the proxy each time takes as long as a near hit. Threads may find it more than once.
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

    /** Puts the question to the cache next to the method, so that all other interceptors run for a hit as well. */
    @Interceptor
    @CachedConnection
    @Priority(Integer.MAX_VALUE)
    static class InnermostLookupInterceptor implements Serializable {

        private static final long serialVersionUID = 1L;

        /** Where {@link CachedConnectionInterceptor} leaves the lookup that a call is, if it is to be answered here. */
        static final String LOOKUP = "io.cachedconnection.lookup";

        @AroundInvoke
        @Nullable Object lookUp(InvocationContext call) throws Exception {
            Object lookup = call.getContextData().get(LOOKUP);
            return lookup == null ? call.proceed() : ((Lookups.MethodLookup) lookup).answer(call);
        }
    }
}
