package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.core.Answer;
import io.cachedconnection.internal.core.Engine;
import io.cachedconnection.internal.core.Plan;
import io.cachedconnection.internal.method.CachedBeans;
import io.cachedconnection.internal.method.CachedMethod;
import io.cachedconnection.internal.method.CallName;
import jakarta.interceptor.InvocationContext;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers calls of cached methods. Thread-safe. */
final class Lookups {

    private final CachedBeans beans;
    private final Map<CachedMethod, Plan<Object>> plans;
    private final Engine engine;

    Lookups(CachedBeans beans, Function<CachedMethod, Plan<Object>> planning, Engine engine) {
        this.beans = beans;
        this.plans = beans.methods().stream().collect(Collectors.toUnmodifiableMap(Function.identity(), planning));
        this.engine = engine;
    }

    @Nullable Object answer(InvocationContext call) throws Exception {
        CachedMethod method = beans.find(call.getTarget().getClass(), call.getMethod());
        Plan<Object> plan = method == null ? null : plans.get(method);
        CallName name = method == null ? null : method.name(call.getParameters());
        if (method == null || plan == null || name == null) {
            return call.proceed(); // not cached, or something on the way to the key is null
        }
        Answer<Object> answer = engine.read(new MethodRead(plan, method, call, name));
        return method.wrap(answer.value());
    }
}
