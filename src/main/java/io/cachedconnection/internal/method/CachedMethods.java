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
 * The cached and writing methods of one bean class, and their problems. Immutable.
 *
 * @param beanClass the class that was read
 * @param cached the cached methods, except those with too many problems for a record, in a stable order
 * @param writing the methods that write, without unreadable parts, in a stable order
 * @param originals maps methods that lead to a method of the bean to that method
 * @param unread the caches of lookups with too many problems for a record
 * @param problems all problems, as complete messages in a stable order
 */
public record CachedMethods(
        Class<?> beanClass,
        Map<Method, CachedMethod> cached,
        Map<Method, WriteMethod> writing,
        Map<Method, Method> originals,
        Set<String> unread,
        List<String> problems) {

    /** Copies the collections and keeps their order. */
    public CachedMethods {
        cached = Collections.unmodifiableMap(new LinkedHashMap<>(cached));
        writing = Collections.unmodifiableMap(new LinkedHashMap<>(writing));
        originals = Map.copyOf(originals);
        unread = Set.copyOf(unread);
        problems = List.copyOf(problems);
    }

    /**
     * Returns these methods bound to an application.
     *
     * @param keySpaces returns the key space of a cache by its name; called for well-formed names only
     * @param intercepted methods that other interceptors surround, besides those whose annotations show it
     */
    CachedMethods bound(Function<String, KeySpace> keySpaces, Set<Method> intercepted) {
        Map<Method, CachedMethod> lookups = new LinkedHashMap<>(cached);
        lookups.replaceAll((method, known) -> known.bound(keySpaces, intercepted.contains(method)));
        Map<Method, WriteMethod> writes = new LinkedHashMap<>(writing);
        writes.replaceAll((method, known) -> known.bound(keySpaces));
        return new CachedMethods(beanClass, lookups, writes, originals, unread, problems);
    }

    /** Whether there are neither methods nor problems. */
    public boolean isEmpty() {
        return cached.isEmpty() && writing.isEmpty() && problems.isEmpty();
    }

    /** Returns the cached methods, except those with too many problems for a record, in a stable order. */
    public Collection<CachedMethod> all() {
        return cached.values();
    }

    /** Returns the methods that write, without unreadable parts, in a stable order. */
    public Collection<WriteMethod> writes() {
        return writing.values();
    }

    /** Returns the record of {@code method}; null if it does not write. */
    public @Nullable WriteMethod findWrite(Method method) {
        return writing.get(originals.getOrDefault(method, method));
    }

    /** Returns the record of {@code method}; null if it is not cached. */
    public @Nullable CachedMethod find(Method method) {
        return cached.get(originals.getOrDefault(method, method));
    }
}
