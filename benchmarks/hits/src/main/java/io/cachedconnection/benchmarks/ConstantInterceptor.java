package io.cachedconnection.benchmarks;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** The least that an interceptor can do instead of the method. */
@Interceptor
@Constant @Priority(Interceptor.Priority.APPLICATION)
public class ConstantInterceptor {

    @AroundInvoke
    Object answer(InvocationContext call) {
        return "constant";
    }
}
