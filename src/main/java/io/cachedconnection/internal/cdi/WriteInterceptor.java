package io.cachedconnection.internal.cdi;

import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
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
}
