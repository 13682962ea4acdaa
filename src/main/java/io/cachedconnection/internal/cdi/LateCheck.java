package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.config.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * The check of what was out of sight at deployment, as soon as there are beans, which can see it. The start of the
 * application would be too late for Open Liberty: it logs nothing of what fails then, and says that the application has
 * started.
 */
@ApplicationScoped
class LateCheck {

    @Inject
    BeanClasses beanClasses;

    void check(@Observes @Initialized(ApplicationScoped.class) Object event) {
        if (beanClasses.wereOutOfSight()) {
            Deployment.of(beanClasses, SettingsReader.ofApplication()).check();
        }
    }
}
