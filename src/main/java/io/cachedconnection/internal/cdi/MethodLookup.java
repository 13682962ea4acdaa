package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.core.Answer;
import io.cachedconnection.internal.core.Engine;
import io.cachedconnection.internal.core.Plan;
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
record MethodLookup(CachedMethod method, Plan<Object> plan, Engine engine) {

    /** Whether it is answered next to the method, inside the interceptors of others. */
    boolean isInnermost() {
        return method.isIntercepted();
    }

    @Nullable Object answer(InvocationContext call) throws Exception {
        CallName name = method.name(call.getParameters());
        if (name == null) {
            return call.proceed(); // something on the way to the key is null
        }
        Answer<Object> answer = engine.read(new MethodRead(plan, method, call, name));
        return method.wrap(answer.value());
    }
}
