package io.cachedconnection.internal.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;

/**
 * Hands on the deployment that {@link PortableExtension} has made and checked. Not a synthetic bean: that of a configurator, as Weld makes it, would hold on
 * to whom it was injected into when the application has long ended.
 */
@Dependent
class DeploymentProducer {

    @Produces
    static Deployment deployment(BeanManager container) {
        return container.getExtension(PortableExtension.class).deployment();
    }
}
