package io.cachedconnection.internal.cdi;

import io.cachedconnection.CacheLieException;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.Lookup;
import io.cachedconnection.internal.engine.read.LookupContext;
import io.cachedconnection.internal.engine.read.VerificationLayer.LieFoundException;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.method.CachedBeans;
import io.cachedconnection.internal.method.CachedMethod;
import io.cachedconnection.internal.method.CachedMethod.CallName;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lookups of the application's cached methods, by bean class. Thread-safe. */
final class Lookups {

    private final CachedBeans beans;
    private final Map<CachedMethod, MethodLookup> lookups;
    private final Map<Class<?>, BeanLookups> byRuntimeClass = new ConcurrentHashMap<>();

    Lookups(CachedBeans beans, Function<CachedMethod, CacheBinding<Object>> binder, Engine engine) {
        this.beans = beans;
        this.lookups = beans.methods().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), method -> new MethodLookup(method, binder.apply(method), engine)));
    }

    /** Returns the lookups of a bean, by the class of the called object, which may be a proxy of the bean class. */
    BeanLookups of(Class<?> runtimeClass) {
        return byRuntimeClass.computeIfAbsent(
                runtimeClass, c -> new BeanLookups(runtimeClass, method -> find(runtimeClass, method)));
    }

    private @Nullable MethodLookup find(Class<?> runtimeClass, Method method) {
        CachedMethod cached = beans.find(runtimeClass, method);
        return cached == null ? null : lookups.get(cached);
    }

    /**
     * The lookups of one bean class. A container passes the same Method object for each call of a method, so a scan of the few
     * called methods finds it faster than a map, which would compare names. Thread-safe.
     */
    static final class BeanLookups {

        private record Called(Method method, MethodLookup lookup) {}

        private final Class<?> runtimeClass;
        private final Function<Method, @Nullable MethodLookup> search;
        private volatile Called[] called = {}; // replaced, never modified

        BeanLookups(Class<?> runtimeClass, Function<Method, @Nullable MethodLookup> search) {
            this.runtimeClass = runtimeClass;
            this.search = search;
        }

        /** Whether they belong to beans of {@code other}. */
        boolean areOf(Class<?> other) {
            return runtimeClass == other;
        }

        /** Returns the lookup of a call; null if its method is not cached. */
        @SuppressWarnings("ReferenceEquality") // learn finds an object that is equal but not identical
        @Nullable MethodLookup find(InvocationContext call) {
            Method method = call.getMethod();
            for (Called one : called) {
                if (one.method() == method) {
                    return one.lookup();
                }
            }
            return learn(method);
        }

        private synchronized @Nullable MethodLookup learn(Method method) {
            MethodLookup lookup = search.apply(method);
            boolean isNew = Arrays.stream(called).noneMatch(one -> one.method().equals(method));
            if (lookup != null && isNew) { // otherwise the container creates such objects for each call
                Called[] more = Arrays.copyOf(called, called.length + 1);
                more[called.length] = new Called(method, lookup);
                called = more;
            }
            return lookup;
        }
    }

    /**
     * Answers the calls of one cached method. Thread-safe.
     *
     * @param method the description of the method
     * @param binding the shared properties of its lookups
     * @param engine answers the lookups
     */
    record MethodLookup(CachedMethod method, CacheBinding<Object> binding, Engine engine) {

        /** Whether it is answered directly before the method, inside other interceptors. */
        boolean isInnermost() {
            return method.isIntercepted();
        }

        @Nullable Object answer(InvocationContext call) throws Exception {
            CallName name = method.name(call.getParameters());
            if (name == null) {
                return call.proceed(); // a value on the way to the key is null
            }
            try {
                LookupResult<Object> result =
                        engine.read(new MethodInvocation(binding, engine.contexts(), method, call, name));
                return method.wrap(result.value());
            } catch (LieFoundException e) {
                throw new CacheLieException(e.cache(), e);
            }
        }
    }

    /** The lookup of one call of a cached method. Confined to one thread. */
    static final class MethodInvocation extends Lookup<Object> {

        private final CachedMethod method;
        private final InvocationContext call;
        private final CallName name;
        private @Nullable EntryKey key;

        MethodInvocation(
                CacheBinding<Object> binding,
                Supplier<LookupContext> contexts,
                CachedMethod method,
                InvocationContext call,
                CallName name) {
            super(binding, contexts);
            this.method = method;
            this.call = call;
            this.name = name;
        }

        @Override
        public Object name() {
            return name.isLong() ? key().name() : name;
        }

        @Override
        public EntryKey key() {
            EntryKey known = key;
            if (known == null) {
                known = method.key(name);
                key = known;
            }
            return known;
        }

        @Override
        public @Nullable Object load() throws Exception {
            return method.unwrap(call.proceed());
        }
    }
}
