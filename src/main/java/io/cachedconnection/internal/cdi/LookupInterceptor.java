package io.cachedconnection.internal.cdi;

import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the two interceptors of lookups have in common. Each call of a cached method passes both; a lookup is answered by the
 * innermost one if others intercept its method, else by the outer one. They are serializable because beans that are passivated
 * carry their interceptors along.
 */
abstract class LookupInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // what is injected is a client proxy, and those are serializable
    Composition composition;

    private final boolean isInnermost;

    // Of the bean: to ask the proxy each time takes as long as a near hit. Threads may find it more than once.
    private transient @Nullable BeanLookups lookups;

    LookupInterceptor(boolean isInnermost) {
        this.isInnermost = isInnermost;
    }

    @AroundInvoke
    @Nullable Object lookUp(InvocationContext call) throws Exception {
        Class<?> runtimeClass = call.getTarget().getClass();
        BeanLookups known = lookups;
        if (known == null || !known.areOf(runtimeClass)) {
            known = composition.lookups().of(runtimeClass);
            lookups = known;
        }
        MethodLookup lookup = known.find(call);
        return lookup == null || lookup.isInnermost() != isInnermost ? call.proceed() : lookup.answer(call);
    }
}
