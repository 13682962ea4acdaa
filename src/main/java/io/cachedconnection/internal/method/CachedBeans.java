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

/** The methods of all bean classes that are cached, and those that write of an application. Thread-safe. */
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

    /** The methods of these bean classes; their writes may also concern what is looked up programmatically. */
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
     * The methods in an application.
     *
     * @param keySpaces gives the keys of a cache by its name; it is asked for well-formed names only
     * @param intercepted methods that others intercept, besides those whose annotations say so
     */
    public CachedBeans bound(Function<String, KeySpace> keySpaces, Set<Method> intercepted) {
        return new CachedBeans(
                beans.stream().map(each -> each.bound(keySpaces, intercepted)).toList(),
                entities.stream().map(each -> each.bound(keySpaces)).toList(),
                type -> EvictingEntity.of(type).bound(keySpaces),
                programmatic.stream().map(each -> each.bound(keySpaces, false)).toList());
    }

    /** The record of a method of a bean class; null if it is not cached. */
    public @Nullable CachedMethod findDeclared(Class<?> beanClass, Method method) {
        CachedMethods known = byBeanClass.get(beanClass);
        return known == null ? null : known.find(method);
    }

    /** All that is wrong and must stop the deployment, as complete messages; always in the same order. */
    public List<String> problems() {
        return Stream.of(
                        problemsInThemselves().stream(),
                        neighbours.problems().stream(),
                        writes().stream().flatMap(write -> checks.problems(write).stream()),
                        entities.stream().flatMap(entity -> checks.problems(entity.asWrite()).stream()))
                .flatMap(Function.identity())
                .toList();
    }

    /** Of these the ones of a bean in itself, whatever other beans there are. */
    public List<String> problemsInThemselves() {
        return Stream.concat(
                        beans.stream().flatMap(bean -> bean.problems().stream()),
                        entities.stream().flatMap(entity -> entity.problems().stream()))
                .toList();
    }

    /** What may be meant, but should be known, as complete messages; always in the same order. */
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

    /** The names of the caches that lookups have, also those with which something is wrong. */
    public Set<String> caches() {
        return Stream.concat(methods().stream().map(CachedMethod::cache), unread().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> unread() {
        return beans.stream().flatMap(bean -> bean.unread().stream()).collect(Collectors.toSet());
    }

    /** The cached methods, if their problems leave enough for a record; always in the same order. */
    public List<CachedMethod> methods() {
        return beans.stream().flatMap(bean -> bean.all().stream()).toList();
    }

    /** The lookups of a cache, by methods and programmatic, as far as they are known at deployment. */
    public List<CachedMethod> lookups(String cache) {
        return Stream.concat(methods().stream(), programmatic.stream())
                .filter(each -> each.cache().equals(cache))
                .toList();
    }

    /** The type of the values that a cache keeps; null if no method looks anything up there. */
    public @Nullable Type valueType(String cache) {
        return methods().stream()
                .filter(method -> method.cache().equals(cache))
                .findFirst()
                .map(CachedMethod::valueType)
                .orElse(null);
    }

    /** The methods that write, without what could not be read; always in the same order. */
    public List<WriteMethod> writes() {
        return beans.stream().flatMap(bean -> bean.writes().stream()).toList();
    }

    /** The entities that say what writes of their rows evict, as far as they are known at deployment. */
    public List<EvictingEntity> entities() {
        return entities;
    }

    /**
     * What writes of the rows of an entity evict; one that was not known at deployment is read now.
     *
     * @throws IllegalStateException if something is wrong with it, which should have stopped the deployment
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

    /** The record of a method that writes; null if it is none. As {@link #find}. */
    public @Nullable WriteMethod findWrite(Class<?> runtimeClass, Method method) {
        return known(runtimeClass).findWrite(method);
    }

    /**
     * The record of a method; null if it is not cached.
     *
     * @param runtimeClass the class of the object that is called, perhaps a proxy of the bean class
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

    /** The methods that keep their values in one cache, and what comes of it. */
    record CacheNeighbours(List<List<CachedMethod>> caches) {

        static CacheNeighbours of(List<CachedMethod> methods) {
            TreeMap<String, List<CachedMethod>> byCache = methods.stream()
                    .collect(Collectors.groupingBy(CachedMethod::cache, TreeMap::new, Collectors.toList()));
            return new CacheNeighbours(List.copyOf(byCache.values()));
        }

        /** A message for each method that keeps another type than the first one of its cache, or that answers for others. */
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
