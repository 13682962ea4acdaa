package io.cachedconnection.internal.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;

/**
 * Hands on what {@link PortableExtension} has found. Not a synthetic bean: that of a configurator, as Weld makes it, would hold on
 * to whom it was injected into when the application has long ended.
 */
@Dependent
class BeanClassesProducer {

    /** What there is when all beans are known. */
    @Produces
    static BeanClasses found(BeanManager container) {
        return container.getExtension(PortableExtension.class).found();
    }
}
