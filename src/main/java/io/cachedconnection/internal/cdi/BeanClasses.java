package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.message.LifeMessage;
import io.cachedconnection.internal.method.CachedMethods;
import io.cachedconnection.internal.method.EvictingEntity;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The bean classes that have cached methods or methods that write, handed from deployment to run time.
 *
 * @param classes the classes
 * @param problems what is wrong with annotations elsewhere
 * @param intercepted methods that others intercept by what their extensions have added
 */
public record BeanClasses(List<Class<?>> classes, List<String> problems, Set<Method> intercepted) {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    /** What is of interest among all bean classes of an application. */
    static BeanClasses among(Collection<Class<?>> all) {
        Producers producers = Producers.of(among(all, Producers::hasProducer));
        Stream<Class<?>> intercepted = Stream.concat(all.stream(), producers.interceptedTypes().stream())
                .filter(each -> !each.isAnnotationPresent(Interceptor.class)) // those carry what they bind to
                .distinct();
        return new BeanClasses(withMethodsOfOurs(intercepted.toList()), problems(producers, all), Set.of())
                .with(among(all, EvictingEntity::isEvicting)); // beans, too, where all classes are
    }

    /** These and more. */
    BeanClasses with(Collection<Class<?>> more) {
        List<Class<?>> all =
                Stream.concat(classes.stream(), more.stream()).distinct().toList();
        return new BeanClasses(all, problems, intercepted);
    }

    /** These, of which others intercept {@code methods}. */
    BeanClasses intercepted(Set<Method> methods) {
        return new BeanClasses(classes, problems, methods);
    }

    private static List<String> problems(Producers producers, Collection<Class<?>> all) {
        List<Class<?>> madeByHand = producers.types().values().stream()
                .filter(each -> all.stream().noneMatch(each::isAssignableFrom)) // a producer may hand on a bean
                .toList();
        return producers.problems(withMethodsOfOurs(madeByHand));
    }

    /** Those of these classes that have such methods, or methods that are meant to be. */
    static List<Class<?>> withMethodsOfOurs(Collection<Class<?>> classes) {
        return among(classes, BeanClasses::hasMethodsOfOurs);
    }

    private static boolean hasMethodsOfOurs(Class<?> type) {
        CachedMethods methods = CachedMethods.of(type, cache -> KeySpace.of(cache, ""), Set.of());
        return !methods.all().isEmpty()
                || !methods.writes().isEmpty()
                || !methods.problems().isEmpty();
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
