package io.cachedconnection.internal.method;

import io.cachedconnection.internal.core.KeySpace;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The methods of one bean class that are cached, and those that write, and all that is wrong with them. Immutable. */
public final class CachedMethods {

    private final Class<?> beanClass;
    private final Map<Method, CachedMethod> methods;
    private final Map<Method, WriteMethod> writes;
    private final Map<Method, Method> originals;
    private final Set<String> unread;
    private final List<String> problems;

    CachedMethods(
            Class<?> beanClass,
            Map<Method, CachedMethod> methods,
            Map<Method, WriteMethod> writes,
            Map<Method, Method> originals,
            Set<String> unread,
            List<String> problems) {
        this.beanClass = beanClass;
        this.writes = Collections.unmodifiableMap(new LinkedHashMap<>(writes));
        this.methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
        this.originals = Map.copyOf(originals);
        this.unread = Set.copyOf(unread);
        this.problems = List.copyOf(problems);
    }

    /**
     * Reads a bean class.
     *
     * @param beanClass the class itself, not a proxy of it
     */
    public static CachedMethods of(Class<?> beanClass) {
        return new BeanReading(BeanClass.of(beanClass)).read();
    }

    /**
     * The methods in an application.
     *
     * @param keySpaces gives the keys of a cache by its name; it is asked for well-formed names only
     * @param intercepted methods that others intercept, besides those whose annotations say so
     */
    CachedMethods bound(Function<String, KeySpace> keySpaces, Set<Method> intercepted) {
        Map<Method, CachedMethod> cached = new LinkedHashMap<>();
        methods.forEach((method, known) -> cached.put(method, known.bound(keySpaces, intercepted.contains(method))));
        Map<Method, WriteMethod> writing = new LinkedHashMap<>();
        writes.forEach((method, known) -> writing.put(method, known.bound(keySpaces)));
        return new CachedMethods(beanClass, cached, writing, originals, unread, problems);
    }

    /** Whether there is nothing to cache, to evict or to complain of. */
    public boolean isEmpty() {
        return methods.isEmpty() && writes.isEmpty() && problems.isEmpty();
    }

    /** The class that was read. */
    public Class<?> beanClass() {
        return beanClass;
    }

    /** All that is wrong, as complete messages; always in the same order. */
    public List<String> problems() {
        return problems;
    }

    /** The caches of those lookups of which too much is wrong to have a record. */
    Set<String> unread() {
        return unread;
    }

    /** The cached methods, if their problems leave enough for a record; always in the same order. */
    public Collection<CachedMethod> all() {
        return methods.values();
    }

    /** The methods that write, without what could not be read; always in the same order. */
    public Collection<WriteMethod> writes() {
        return writes.values();
    }

    /** The record of {@code method}; null if it does not write. */
    public @Nullable WriteMethod findWrite(Method method) {
        return writes.get(originals.getOrDefault(method, method));
    }

    /** The record of {@code method}; null if it is not cached. */
    public @Nullable CachedMethod find(Method method) {
        return methods.get(originals.getOrDefault(method, method));
    }
}
