package io.cachedconnection.internal.cdi;

import jakarta.enterprise.inject.spi.Bean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The beans that other extensions make, as servers do of interfaces that are repositories of Jakarta Data. They are added
 * last, so they become known when all others have been checked already. One deployment, one thread.
 */
final class LateBeans {

    private static final String REPOSITORY = "jakarta.data.repository.Repository";

    private final List<Class<?>> classes = new ArrayList<>();

    /** Whether there may be some in the end. */
    static boolean mayCome() {
        return OptionalApi.hasApplication(REPOSITORY);
    }

    /** Takes note of a bean that an extension has made. */
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

    /** Their classes and interfaces that have cached methods or methods that write, or methods that are meant to be. */
    Set<Class<?>> classes() {
        return BeanClasses.withMethodsOfOurs(classes).keySet();
    }
}
