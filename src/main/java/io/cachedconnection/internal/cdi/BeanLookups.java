package io.cachedconnection.internal.cdi;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lookups that the cached methods of one bean class are. Thread-safe. A container calls each method with an object of
 * its own for it, always the same, so a look along the few that have been called finds it: a map would compare names.
 */
final class BeanLookups {

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
