package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.core.CacheBinding;
import io.cachedconnection.internal.core.Engine;
import io.cachedconnection.internal.method.CachedBeans;
import io.cachedconnection.internal.method.CachedMethod;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lookups that the cached methods of the application are, by the classes of its beans. Thread-safe. */
final class Lookups {

    private final CachedBeans beans;
    private final Map<CachedMethod, MethodLookup> lookups;
    private final Map<Class<?>, BeanLookups> byRuntimeClass = new ConcurrentHashMap<>();

    Lookups(CachedBeans beans, Function<CachedMethod, CacheBinding<Object>> planning, Engine engine) {
        this.beans = beans;
        this.lookups = beans.methods().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), method -> new MethodLookup(method, planning.apply(method), engine)));
    }

    /** Those of a bean, by the class of the object that is called, perhaps a proxy of the bean class. */
    BeanLookups of(Class<?> runtimeClass) {
        return byRuntimeClass.computeIfAbsent(
                runtimeClass, c -> new BeanLookups(runtimeClass, method -> find(runtimeClass, method)));
    }

    private @Nullable MethodLookup find(Class<?> runtimeClass, Method method) {
        CachedMethod cached = beans.find(runtimeClass, method);
        return cached == null ? null : lookups.get(cached);
    }
}
