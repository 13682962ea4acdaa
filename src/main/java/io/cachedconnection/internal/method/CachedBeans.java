package io.cachedconnection.internal.method;

import io.cachedconnection.internal.core.KeySpace;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cached methods of all bean classes of an application. Thread-safe. */
public final class CachedBeans {

    private final List<CachedMethods> beans;
    private final CacheNeighbours neighbours;
    private final Map<Class<?>, CachedMethods> byBeanClass = new HashMap<>();
    private final Map<Class<?>, CachedMethods> byRuntimeClass = new ConcurrentHashMap<>();

    private CachedBeans(List<CachedMethods> beans) {
        this.beans = beans;
        this.neighbours = CacheNeighbours.of(methods());
        beans.forEach(bean -> byBeanClass.put(bean.beanClass(), bean));
    }

    /** Reads all bean classes; see {@link CachedMethods#of}. */
    public static CachedBeans of(Collection<Class<?>> beanClasses, Function<String, KeySpace> keySpaces) {
        return new CachedBeans(beanClasses.stream()
                .distinct()
                .sorted(Comparator.comparing(Class::getName))
                .map(beanClass -> CachedMethods.of(beanClass, keySpaces))
                .toList());
    }

    /** All that is wrong and must stop the deployment, as complete messages; always in the same order. */
    public List<String> problems() {
        return Stream.concat(beans.stream().flatMap(bean -> bean.problems().stream()), neighbours.problems().stream())
                .toList();
    }

    /** What may be meant, but should be known, as complete messages; always in the same order. */
    public List<String> warnings() {
        return neighbours.warnings();
    }

    /** The cached methods that nothing is wrong with; always in the same order. */
    public List<CachedMethod> methods() {
        return beans.stream().flatMap(bean -> bean.all().stream()).toList();
    }

    /**
     * The record of a method; null if it is not cached.
     *
     * @param runtimeClass the class of the object that is called, perhaps a proxy of the bean class
     */
    public @Nullable CachedMethod find(Class<?> runtimeClass, Method method) {
        CachedMethods known = byRuntimeClass.get(runtimeClass);
        return (known != null ? known : learn(runtimeClass)).find(method);
    }

    private CachedMethods learn(Class<?> runtimeClass) {
        return byRuntimeClass.computeIfAbsent(runtimeClass, this::nearest);
    }

    private CachedMethods nearest(Class<?> runtimeClass) {
        return Ancestry.classes(runtimeClass).stream()
                .filter(byBeanClass::containsKey)
                .findFirst()
                .map(byBeanClass::get)
                .orElseGet(() -> new CachedMethods(runtimeClass, Map.of(), List.of()));
    }
}
