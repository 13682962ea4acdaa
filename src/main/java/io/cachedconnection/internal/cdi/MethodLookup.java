package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.core.CacheBinding;
import io.cachedconnection.internal.core.Engine;
import io.cachedconnection.internal.core.LookupResult;
import io.cachedconnection.internal.method.CachedMethod;
import io.cachedconnection.internal.method.CallName;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers the calls of one cached method. Thread-safe.
 *
 * @param method what is known of it
 * @param plan what all its lookups have in common
 * @param engine answers them
 */
record MethodLookup(CachedMethod method, CacheBinding<Object> plan, Engine engine) {

    /** Whether it is answered next to the method, inside the interceptors of others. */
    boolean isInnermost() {
        return method.isIntercepted();
    }

    @Nullable Object answer(InvocationContext call) throws Exception {
        CallName name = method.name(call.getParameters());
        if (name == null) {
            return call.proceed(); // something on the way to the key is null
        }
        LookupResult<Object> result = engine.read(new MethodRead(plan, engine.contexts(), method, call, name));
        return method.wrap(result.value());
    }
}
