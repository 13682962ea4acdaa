package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.message.LifeMessage;
import io.cachedconnection.internal.method.CachedMethods;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bean classes that have cached methods or methods that write, handed from deployment to run time.
 *
 * @param classes the classes
 * @param problems what is wrong with annotations elsewhere
 * @param wereOutOfSight whether some could not be seen at deployment, so that nothing has been checked
 */
public record BeanClasses(List<Class<?>> classes, List<String> problems, boolean wereOutOfSight) {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    /** Those of these classes that have such methods, or methods that are meant to be. */
    static List<Class<?>> withMethodsOfOurs(Collection<Class<?>> beanClasses) {
        return beanClasses.stream().filter(BeanClasses::hasMethodsOfOurs).toList();
    }

    /** The same of the classes with these names that can be loaded from here. */
    static List<Class<?>> named(Collection<String> names) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        List<Class<?>> found = new ArrayList<>();
        for (String name : names) {
            Class<?> beanClass = loaded(name, application);
            if (beanClass != null) {
                found.add(beanClass);
            }
        }
        return withMethodsOfOurs(found);
    }

    /** Whether a class of this name can be loaded from here. */
    static boolean isVisible(String name) {
        return loaded(name, Thread.currentThread().getContextClassLoader()) != null;
    }

    private static @Nullable Class<?> loaded(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.log(Level.DEBUG, () -> LifeMessage.UNLOADABLE.with(name), e);
            return null;
        }
    }

    private static boolean hasMethodsOfOurs(Class<?> beanClass) {
        try {
            CachedMethods methods = CachedMethods.of(beanClass, cache -> KeySpace.of(cache, ""));
            return !methods.all().isEmpty()
                    || !methods.writes().isEmpty()
                    || !methods.problems().isEmpty();
        } catch (LinkageError | TypeNotPresentException e) {
            LOG.log(Level.DEBUG, () -> LifeMessage.UNLOADABLE.with(beanClass.getName()), e);
            return false;
        }
    }
}
