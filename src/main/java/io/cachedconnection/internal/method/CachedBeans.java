package io.cachedconnection.internal.method;

import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.types.ClassDescription;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cached and the writing methods of all bean classes of an application. Thread-safe. */
public final class CachedBeans {

    private final List<CachedMethods> beans;
    private final List<EvictingEntity> entities;
    private final Function<Class<?>, EvictingEntity> readingEntities;
    private final List<CachedMethod> programmatic;
    private final CacheNeighbours neighbours;
    private final WriteChecks checks;
    private final Map<Class<?>, CachedMethods> byBeanClass = new HashMap<>();
    private final Map<Class<?>, CachedMethods> byRuntimeClass = new ConcurrentHashMap<>();

    private final Map<Class<?>, EvictingEntity> entityByRuntimeClass = new ConcurrentHashMap<>();

    private CachedBeans(
            List<CachedMethods> beans,
            List<EvictingEntity> entities,
            Function<Class<?>, EvictingEntity> readingEntities,
            List<CachedMethod> programmatic) {
        this.beans = beans;
        this.entities = entities;
        this.readingEntities = readingEntities;
        this.programmatic = programmatic;
        this.checks = WriteChecks.of(
                Stream.concat(methods().stream(), programmatic.stream()).toList(), unread(), writes());
        this.neighbours = CacheNeighbours.of(methods());
        beans.forEach(bean -> byBeanClass.put(bean.beanClass(), bean));
    }

    /** Collects the methods of these bean classes. Their writes may also concern programmatic lookups. */
    public static CachedBeans of(Collection<CachedMethods> beans, List<CachedMethod> programmatic) {
        List<CachedMethods> inOrder = beans.stream()
                .sorted(Comparator.comparing(bean -> bean.beanClass().getName()))
                .toList();
        List<EvictingEntity> entities = inOrder.stream()
                .<Class<?>>map(CachedMethods::beanClass)
                .filter(EvictingEntity::isEvicting)
                .map(EvictingEntity::of)
                .toList();
        return new CachedBeans(inOrder, entities, EvictingEntity::of, programmatic);
    }

    /**
     * Returns these methods bound to an application.
     *
     * @param keySpaces returns the key space of a cache by its name; called for well-formed names only
     * @param intercepted methods that other interceptors surround, besides those whose annotations show it
     */
    public CachedBeans bound(Function<String, KeySpace> keySpaces, Set<Method> intercepted) {
        return new CachedBeans(
                beans.stream().map(each -> each.bound(keySpaces, intercepted)).toList(),
                entities.stream().map(each -> each.bound(keySpaces)).toList(),
                type -> EvictingEntity.of(type).bound(keySpaces),
                programmatic.stream().map(each -> each.bound(keySpaces, false)).toList());
    }

    /** Returns the record of a method of a bean class; null if it is not cached. */
    public @Nullable CachedMethod findDeclared(Class<?> beanClass, Method method) {
        CachedMethods known = byBeanClass.get(beanClass);
        return known == null ? null : known.find(method);
    }

    /** Returns all problems that must stop the deployment, as complete messages in a stable order. */
    public List<String> problems() {
        return Stream.of(
                        problemsInThemselves().stream(),
                        neighbours.problems().stream(),
                        writes().stream().flatMap(write -> checks.problems(write).stream()),
                        entities.stream().flatMap(entity -> checks.problems(entity.asWrite()).stream()))
                .flatMap(Function.identity())
                .toList();
    }

    /** Returns the problems of single beans, which do not depend on other beans. */
    public List<String> problemsInThemselves() {
        return Stream.concat(
                        beans.stream().flatMap(bean -> bean.problems().stream()),
                        entities.stream().flatMap(entity -> entity.problems().stream()))
                .toList();
    }

    /** Returns warnings, as complete messages in a stable order. */
    public List<String> warnings() {
        List<WriteMethod> evicting = Stream.concat(
                        writes().stream(), entities.stream().map(EvictingEntity::asWrite))
                .toList();
        return Stream.of(
                        methods().stream().flatMap(this::strangers),
                        beans.stream().flatMap(CachedBeans::knowsItsCaller),
                        checks.neverEvicted(evicting).stream())
                .flatMap(Function.identity())
                .toList();
    }

    private static Stream<String> knowsItsCaller(CachedMethods bean) {
        Set<String> reasons = bean.all().isEmpty() ? Set.of() : CallerDependence.of(bean.beanClass());
        return reasons.isEmpty()
                ? Stream.empty()
                : Stream.of(MethodMessage.KNOWS_ITS_CALLER.with(
                        bean.beanClass().getSimpleName(), String.join(", ", reasons)));
    }

    private Stream<String> strangers(CachedMethod method) {
        return programmatic.stream()
                .filter(lookup -> lookup.cache().equals(method.cache())
                        && !lookup.valueType().equals(method.valueType()))
                .map(lookup -> MethodMessage.OTHER_THAN_WHAT_IS_KEPT.with(
                        method,
                        method.valueType().getTypeName(),
                        method.cache(),
                        lookup.valueType().getTypeName()));
    }

    /** Returns the names of the caches of all lookups, including those with problems. */
    public Set<String> caches() {
        return Stream.concat(methods().stream().map(CachedMethod::cache), unread().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> unread() {
        return beans.stream().flatMap(bean -> bean.unread().stream()).collect(Collectors.toSet());
    }

    /** Returns the cached methods, except those with too many problems for a record, in a stable order. */
    public List<CachedMethod> methods() {
        return beans.stream().flatMap(bean -> bean.all().stream()).toList();
    }

    /** Returns the lookups of a cache that are known at deployment, by methods and programmatic. */
    public List<CachedMethod> lookups(String cache) {
        return Stream.concat(methods().stream(), programmatic.stream())
                .filter(each -> each.cache().equals(cache))
                .toList();
    }

    /** Returns the type of a cache's values; null if no method uses the cache for lookups. */
    public @Nullable Type valueType(String cache) {
        return methods().stream()
                .filter(method -> method.cache().equals(cache))
                .findFirst()
                .map(CachedMethod::valueType)
                .orElse(null);
    }

    /** Returns the methods that write, without unreadable parts, in a stable order. */
    public List<WriteMethod> writes() {
        return beans.stream().flatMap(bean -> bean.writes().stream()).toList();
    }

    /** Returns the evicting entities that are known at deployment. */
    public List<EvictingEntity> entities() {
        return entities;
    }

    /**
     * Returns the evictions of an entity. Reads an entity that was not known at deployment.
     *
     * @throws IllegalStateException if the entity has problems, which should have stopped the deployment
     */
    public EvictingEntity entity(Class<?> runtimeClass) {
        EvictingEntity known = entityByRuntimeClass.get(runtimeClass);
        return known != null ? known : entityByRuntimeClass.computeIfAbsent(runtimeClass, this::checked);
    }

    private EvictingEntity checked(Class<?> type) {
        EvictingEntity entity = readingEntities.apply(type);
        List<String> problems = Stream.concat(entity.problems().stream(), checks.problems(entity.asWrite()).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", problems));
        }
        return entity;
    }

    /** Returns the record of a method that writes; null if it does not write. The class is as for {@link #find}. */
    public @Nullable WriteMethod findWrite(Class<?> runtimeClass, Method method) {
        return known(runtimeClass).findWrite(method);
    }

    /**
     * Returns the record of a method; null if it is not cached.
     *
     * @param runtimeClass the class of the called object, which may be a proxy of the bean class
     */
    public @Nullable CachedMethod find(Class<?> runtimeClass, Method method) {
        return known(runtimeClass).find(method);
    }

    private CachedMethods known(Class<?> runtimeClass) {
        CachedMethods known = byRuntimeClass.get(runtimeClass);
        return known != null ? known : learn(runtimeClass);
    }

    private CachedMethods learn(Class<?> runtimeClass) {
        return byRuntimeClass.computeIfAbsent(runtimeClass, this::nearest);
    }

    private CachedMethods nearest(Class<?> runtimeClass) {
        return new ClassDescription(runtimeClass)
                .ancestors().stream()
                        .filter(byBeanClass::containsKey)
                        .findFirst()
                        .map(byBeanClass::get)
                        .orElseGet(() ->
                                new CachedMethods(runtimeClass, Map.of(), Map.of(), Map.of(), Set.of(), List.of()));
    }

    /** Checks the methods that share one cache. */
    record CacheNeighbours(List<List<CachedMethod>> caches) {

        static CacheNeighbours of(List<CachedMethod> methods) {
            TreeMap<String, List<CachedMethod>> byCache = methods.stream()
                    .collect(Collectors.groupingBy(CachedMethod::cache, TreeMap::new, Collectors.toList()));
            return new CacheNeighbours(List.copyOf(byCache.values()));
        }

        /** Returns a message for each method whose type differs from the first one of its cache, or that answers for others. */
        List<String> problems() {
            return caches.stream()
                    .flatMap(methods -> Stream.concat(differentTypes(methods), sharedEntries(methods)))
                    .toList();
        }

        private static Stream<String> differentTypes(List<CachedMethod> methods) {
            CachedMethod first = methods.get(0);
            return methods.stream()
                    .filter(method -> !method.valueType().equals(first.valueType()))
                    .map(other -> MethodMessage.DIFFERENT_TYPES.with(
                            first,
                            first.valueType().getTypeName(),
                            first.cache(),
                            other,
                            other.valueType().getTypeName()));
        }

        private static Stream<String> sharedEntries(List<CachedMethod> methods) {
            return IntStream.range(0, methods.size())
                    .boxed()
                    .flatMap(i -> sharedEntries(methods.get(i), methods.subList(i + 1, methods.size())));
        }

        private static Stream<String> sharedEntries(CachedMethod method, List<CachedMethod> later) {
            String others = later.stream()
                    .filter(other -> other.valueType().equals(method.valueType()))
                    .filter(method::wronglyAnswersFor)
                    .map(CachedMethod::name)
                    .collect(Collectors.joining(", "));
            return others.isEmpty()
                    ? Stream.of()
                    : Stream.of(MethodMessage.SHARED_ENTRIES.with(method, method.cache(), others));
        }
    }
}
