package io.cachedconnection.internal.cdi;

import jakarta.enterprise.inject.spi.Bean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The beans that other extensions create, such as a server's implementations of Jakarta Data repositories. They are added last,
 * after all other beans have been checked. One deployment, one thread.
 */
final class LateBeans {

    private static final String REPOSITORY = "jakarta.data.repository.Repository";

    private final List<Class<?>> classes = new ArrayList<>();

    /** Whether there may be late beans. */
    static boolean mayCome() {
        return OptionalApi.hasApplication(REPOSITORY);
    }

    /** Records a bean that an extension has created. */
    void add(Bean<?> bean) {
        Stream.concat(Stream.of(bean.getBeanClass()), bean.getTypes().stream())
                .filter(Class.class::isInstance)
                .<Class<?>>map(Class.class::cast)
                .filter(each -> each == bean.getBeanClass() || isRepository(each))
                .distinct()
                .forEach(classes::add);
    }

    private static boolean isRepository(Class<?> type) {
        return Stream.of(type.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().getName().equals(REPOSITORY));
    }

    /** Returns their classes and interfaces with cached or writing methods, correct or not. */
    Set<Class<?>> classes() {
        return BeanClasses.withMethodsOfOurs(classes).keySet();
    }
}
