package io.cachedconnection.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.Arrays;

/** The least that keeps values in memory: Caffeine by the arguments, never told of any change. */
@Interceptor
@Kept
@Priority(Interceptor.Priority.APPLICATION)
public class KeptInterceptor {

    private final Cache<Object, Object> kept =
            Caffeine.newBuilder().maximumSize(10_000).build();

    @AroundInvoke
    Object answer(InvocationContext call) throws Exception {
        Object[] arguments = call.getParameters();
        Object key = arguments.length == 1 ? arguments[0] : Arrays.asList(arguments);
        Object known = kept.getIfPresent(key);
        if (known != null) {
            return known;
        }
        Object loaded = call.proceed();
        kept.put(key, loaded);
        return loaded;
    }
}
