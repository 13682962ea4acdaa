package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.config.SettingsReader;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSyntheticBean;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What happens at deployment in a container of full CDI, as every server has one: the beans of this library are added, every
 * bean class of the application is read, and if anything is wrong with an annotation or a setting, the deployment stops
 * with one message that lists all of it. For containers of CDI Lite there is {@link LiteExtension}.
 */
public final class PortableExtension implements Extension {

    // One deployment, one thread.
    private final InterceptedBeans beans = new InterceptedBeans();
    private final LateBeans lateBeans = new LateBeans();
    private BeanClasses known = new BeanClasses(List.of(), List.of(), Set.of());
    private boolean isChecked;

    /** Adds the beans of this library. */
    void addBeans(@Observes BeforeBeanDiscovery types) {
        OurBeans.classes().forEach(bean -> types.addAnnotatedType(bean, bean.getName()));
        types.addAnnotatedType(BeanClassesProducer.class, BeanClassesProducer.class.getName());
    }

    /** Takes note of a bean that is a class; enterprise beans are among them. */
    void found(@Observes ProcessManagedBean<?> bean) {
        beans.add(bean.getBean(), bean.getAnnotatedBeanClass());
    }

    /** Takes note of an interceptor or decorator. */
    void found(@Observes ProcessBean<?> bean) {
        beans.add(bean.getBean(), bean.getAnnotated());
    }

    /** Takes note of a bean that another extension has made. */
    void found(@Observes ProcessSyntheticBean<?> bean) {
        lateBeans.add(bean.getBean());
    }

    /**
     * Checks everything. Here and not after the container's own checks, which would stop at the first final method, with a
     * message of their own. But a write or a setting that seems to be wrong may be about the lookups of a bean that is yet to
     * come.
     */
    void check(@Observes AfterBeanDiscovery end, BeanManager container) {
        known = BeanClasses.among(beans.classes());
        beans.retain(known.classes());
        known = known.intercepted(beans.intercepted(container));
        isChecked = !LateBeans.mayCome();
        if (isChecked) {
            deployment().checkAndWarn(List.of());
        } else {
            deployment().checkMethodsInThemselves();
        }
    }

    /** Checks everything, if not all beans were known then, and what stands between the cache and the methods. */
    void checkAtLast(@Observes AfterDeploymentValidation end, BeanManager container) {
        known = known.intercepted(beans.intercepted(container)); // an interceptor may have come with the late beans
        List<String> behind = beans.problems(known.intercepted(), container);
        beans.clear();
        if (!isChecked || !lateBeans.classes().isEmpty()) {
            deployment().checkAndWarn(behind);
        } else {
            Deployment.refuse(Stream.of(behind));
        }
    }

    private Deployment deployment() {
        return Deployment.of(found(), SettingsReader.ofApplication());
    }

    /** What is of interest among the beans that are known so far. */
    BeanClasses found() {
        return known.with(lateBeans.classes());
    }
}
