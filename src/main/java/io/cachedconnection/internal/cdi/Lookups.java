package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.Lookup;
import io.cachedconnection.internal.engine.read.LookupContext;
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

/** The lookups that the cached methods of the application are, by the classes of its beans. Thread-safe. */
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

    /** Those of a bean, by the class of the object that is called, perhaps a proxy of the bean class. */
    BeanLookups of(Class<?> runtimeClass) {
        return byRuntimeClass.computeIfAbsent(
                runtimeClass, c -> new BeanLookups(runtimeClass, method -> find(runtimeClass, method)));
    }

    private @Nullable MethodLookup find(Class<?> runtimeClass, Method method) {
        CachedMethod cached = beans.find(runtimeClass, method);
        return cached == null ? null : lookups.get(cached);
    }

    /**
     * The lookups that the cached methods of one bean class are. Thread-safe. A container calls each method with an object of
     * its own for it, always the same, so a look along the few that have been called finds it: a map would compare names.
     */
    static final class BeanLookups {

        private record Called(Method method, MethodLookup lookup) {}

        private final Class<?> runtimeClass;
        private final Function<Method, @Nullable MethodLookup> search;
        private volatile Called[] called = {}; // replaced, never changed

        BeanLookups(Class<?> runtimeClass, Function<Method, @Nullable MethodLookup> search) {
            this.runtimeClass = runtimeClass;
            this.search = search;
        }

        /** Whether they are those of beans of {@code other}. */
        boolean areOf(Class<?> other) {
            return runtimeClass == other;
        }

        /** The lookup that a call is; null if its method is not cached. */
        @SuppressWarnings("ReferenceEquality") // one that is equal but not the same is found by learn
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
            if (lookup != null && isNew) { // else the container makes such objects for each call
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
     * @param method what is known of it
     * @param binding what all its lookups have in common
     * @param engine answers them
     */
    record MethodLookup(CachedMethod method, CacheBinding<Object> binding, Engine engine) {

        /** Whether it is answered next to the method, inside the interceptors of others. */
        boolean isInnermost() {
            return method.isIntercepted();
        }

        @Nullable Object answer(InvocationContext call) throws Exception {
            CallName name = method.name(call.getParameters());
            if (name == null) {
                return call.proceed(); // something on the way to the key is null
            }
            LookupResult<Object> result =
                    engine.read(new MethodInvocation(binding, engine.contexts(), method, call, name));
            return method.wrap(result.value());
        }
    }

    /** The lookup that a call of a cached method is. Used by one thread. */
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
