package io.cachedconnection.internal.cdi;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanContainer;
import java.util.Comparator;
import java.util.List;

/**
 * The beans that a server makes of interfaces, as some do of repositories of Jakarta Data. It adds them while extensions
 * add theirs, so the extension of this library does not see them yet when it checks all others.
 */
final class InterfaceBeans {

    private InterfaceBeans() {}

    /** Whether there may be some in the end. */
    static boolean mayCome() {
        return OptionalApi.hasApplication("jakarta.data.repository.Repository");
    }

    /** Their interfaces that have cached methods or methods that write, or methods that are meant to be. */
    static List<Class<?>> of(BeanContainer container) {
        return BeanClasses.withMethodsOfOurs(container.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(Bean::getBeanClass)
                .filter(Class::isInterface)
                .distinct()
                .sorted(Comparator.comparing(Class::getName))
                .toList());
    }
}
