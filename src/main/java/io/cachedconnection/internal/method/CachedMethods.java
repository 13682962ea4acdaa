package io.cachedconnection.internal.method;

import io.cachedconnection.internal.engine.store.KeySpace;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The methods of one bean class that are cached, and those that write, and all that is wrong with them. Immutable.
 *
 * @param beanClass the class that was read
 * @param cached the cached methods, if their problems leave enough for a record; always in the same order
 * @param writing the methods that write, without what could not be read; always in the same order
 * @param originals the methods of the bean by others that lead to them
 * @param unread the caches of those lookups of which too much is wrong to have a record
 * @param problems all that is wrong, as complete messages; always in the same order
 */
public record CachedMethods(
        Class<?> beanClass,
        Map<Method, CachedMethod> cached,
        Map<Method, WriteMethod> writing,
        Map<Method, Method> originals,
        Set<String> unread,
        List<String> problems) {

    /** Copies that keep their order. */
    public CachedMethods {
        cached = Collections.unmodifiableMap(new LinkedHashMap<>(cached));
        writing = Collections.unmodifiableMap(new LinkedHashMap<>(writing));
        originals = Map.copyOf(originals);
        unread = Set.copyOf(unread);
        problems = List.copyOf(problems);
    }

    /**
     * The methods in an application.
     *
     * @param keySpaces gives the keys of a cache by its name; it is asked for well-formed names only
     * @param intercepted methods that others intercept, besides those whose annotations say so
     */
    CachedMethods bound(Function<String, KeySpace> keySpaces, Set<Method> intercepted) {
        Map<Method, CachedMethod> lookups = new LinkedHashMap<>(cached);
        lookups.replaceAll((method, known) -> known.bound(keySpaces, intercepted.contains(method)));
        Map<Method, WriteMethod> writes = new LinkedHashMap<>(writing);
        writes.replaceAll((method, known) -> known.bound(keySpaces));
        return new CachedMethods(beanClass, lookups, writes, originals, unread, problems);
    }

    /** Whether there is nothing to cache, to evict or to complain of. */
    public boolean isEmpty() {
        return cached.isEmpty() && writing.isEmpty() && problems.isEmpty();
    }

    /** The cached methods, if their problems leave enough for a record; always in the same order. */
    public Collection<CachedMethod> all() {
        return cached.values();
    }

    /** The methods that write, without what could not be read; always in the same order. */
    public Collection<WriteMethod> writes() {
        return writing.values();
    }

    /** The record of {@code method}; null if it does not write. */
    public @Nullable WriteMethod findWrite(Method method) {
        return writing.get(originals.getOrDefault(method, method));
    }

    /** The record of {@code method}; null if it is not cached. */
    public @Nullable CachedMethod find(Method method) {
        return cached.get(originals.getOrDefault(method, method));
    }
}
