package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.message.LifeMessage;
import io.cachedconnection.internal.method.BeanClassSearch;
import io.cachedconnection.internal.method.BeanReading;
import io.cachedconnection.internal.method.CachedMethods;
import io.cachedconnection.internal.method.EvictingEntity;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The relevant bean classes of an application, each read once.
 *
 * @param read evicting entities, and classes with cached methods or writing methods, correct or not
 * @param problems problems with annotations elsewhere
 */
record BeanClasses(Map<Class<?>, CachedMethods> read, List<String> problems) {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    /** Selects the relevant classes among all bean classes of an application. */
    static BeanClasses among(Collection<Class<?>> all) {
        Producers producers = Producers.of(among(all, Producers::hasProducer));
        List<Class<?>> madeByHand = producers.types().values().stream()
                .filter(each -> all.stream().noneMatch(each::isAssignableFrom)) // a producer may hand on a bean
                .toList();
        Stream<Class<?>> intercepted = Stream.concat(all.stream(), producers.interceptedTypes().stream())
                .filter(each -> !each.isAnnotationPresent(
                        Interceptor.class)); // interceptors carry the annotations that they bind to
        return new BeanClasses(
                        withMethodsOfOurs(intercepted.toList()),
                        producers.problems(withMethodsOfOurs(madeByHand).keySet()))
                .with(among(all, EvictingEntity::isEvicting)); // entities are beans, too, where all classes are
    }

    static BeanClasses of(Collection<Class<?>> classes) {
        return new BeanClasses(Map.of(), List.of()).with(classes);
    }

    Set<Class<?>> classes() {
        return read.keySet();
    }

    /** Adds {@code more} classes, with or without relevant methods. */
    BeanClasses with(Collection<Class<?>> more) {
        Map<Class<?>, CachedMethods> all = new LinkedHashMap<>(read);
        more.forEach(each -> all.computeIfAbsent(each, BeanReading::of));
        return new BeanClasses(all, problems);
    }

    /** Selects the classes with cached or writing methods, correct or not. */
    static Map<Class<?>, CachedMethods> withMethodsOfOurs(Collection<Class<?>> classes) {
        Map<Class<?>, CachedMethods> read = new LinkedHashMap<>();
        BeanClassSearch search = new BeanClassSearch();
        for (Class<?> each : among(classes, search::isWorthReading)) {
            among(
                    List.of(each),
                    type -> !read.computeIfAbsent(type, BeanReading::of).isEmpty());
        }
        read.values().removeIf(CachedMethods::isEmpty);
        return read;
    }

    /** Selects the readable classes for which {@code question} holds. */
    static List<Class<?>> among(Collection<Class<?>> classes, Predicate<Class<?>> question) {
        return classes.stream().filter(each -> holds(question, each)).toList();
    }

    private static boolean holds(Predicate<Class<?>> question, Class<?> type) {
        try {
            return question.test(type);
        } catch (LinkageError | TypeNotPresentException e) { // it refers to a missing class
            LOG.log(Level.DEBUG, () -> LifeMessage.UNLOADABLE.with(type.getName()), e);
            return false;
        }
    }
}
