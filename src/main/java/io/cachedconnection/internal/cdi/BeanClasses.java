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
 * What matters here among the bean classes of an application, each read once.
 *
 * @param read the classes that have cached methods or methods that write, or methods that are meant to be, and evicting entities
 * @param problems what is wrong with annotations elsewhere
 */
record BeanClasses(Map<Class<?>, CachedMethods> read, List<String> problems) {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    /** Those among all bean classes of an application. */
    static BeanClasses among(Collection<Class<?>> all) {
        Producers producers = Producers.of(among(all, Producers::hasProducer));
        List<Class<?>> madeByHand = producers.types().values().stream()
                .filter(each -> all.stream().noneMatch(each::isAssignableFrom)) // a producer may hand on a bean
                .toList();
        Stream<Class<?>> intercepted = Stream.concat(all.stream(), producers.interceptedTypes().stream())
                .filter(each -> !each.isAnnotationPresent(Interceptor.class)); // those carry what they bind to
        return new BeanClasses(
                        withMethodsOfOurs(intercepted.toList()),
                        producers.problems(withMethodsOfOurs(madeByHand).keySet()))
                .with(among(all, EvictingEntity::isEvicting)); // beans, too, where all classes are
    }

    static BeanClasses of(Collection<Class<?>> classes) {
        return new BeanClasses(Map.of(), List.of()).with(classes);
    }

    Set<Class<?>> classes() {
        return read.keySet();
    }

    /** These and more, whether they have such methods or not. */
    BeanClasses with(Collection<Class<?>> more) {
        Map<Class<?>, CachedMethods> all = new LinkedHashMap<>(read);
        more.forEach(each -> all.computeIfAbsent(each, BeanReading::of));
        return new BeanClasses(all, problems);
    }

    /** Those of these classes that have such methods, or methods that are meant to be. */
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

    /** Those of which {@code question} holds, as far as they can be read. */
    static List<Class<?>> among(Collection<Class<?>> classes, Predicate<Class<?>> question) {
        return classes.stream().filter(each -> holds(question, each)).toList();
    }

    private static boolean holds(Predicate<Class<?>> question, Class<?> type) {
        try {
            return question.test(type);
        } catch (LinkageError | TypeNotPresentException e) { // it mentions a class that is not there
            LOG.log(Level.DEBUG, () -> LifeMessage.UNLOADABLE.with(type.getName()), e);
            return false;
        }
    }
}
