package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.config.SettingsReader;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSyntheticBean;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happens at deployment in a container of full CDI, as every server has one: the beans of this library are added, every
 * bean class of the application is read, and if anything is wrong with an annotation or a setting, the deployment stops
 * with one message that lists all of it. For containers of CDI Lite there is {@link BuildTimeExtension}.
 */
public final class PortableExtension implements Extension {

    // One deployment, one thread.
    private final InterceptedBeans beans = new InterceptedBeans();
    private final LateBeans lateBeans = new LateBeans();
    private final Map<Bean<?>, TypeCodecs.Declared> codecs = new LinkedHashMap<>(); // also those that come late
    private BeanClasses known = BeanClasses.of(List.of());
    private @Nullable Deployment deployment;
    private boolean isChecked;

    /** Adds the beans of this library. */
    void addBeans(@Observes BeforeBeanDiscovery types) {
        OurBeans.classes().forEach(bean -> types.addAnnotatedType(bean, bean.getName()));
        types.addAnnotatedType(DeploymentProducer.class, DeploymentProducer.class.getName());
    }

    /** Takes note of a bean that is a class; enterprise beans are among them. */
    void found(@Observes ProcessManagedBean<?> bean) {
        beans.add(bean.getBean(), bean.getAnnotatedBeanClass());
    }

    /** Takes note of an interceptor or decorator, and of any bean that is a codec. */
    void found(@Observes ProcessBean<?> bean) {
        beans.add(bean.getBean(), bean.getAnnotated());
        TypeCodecs.Declared.ofBean(bean.getBean()).ifPresent(codec -> codecs.put(bean.getBean(), codec));
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
        Deployment early = Deployment.of(
                known.with(lateBeans.classes()),
                beans.intercepted(container),
                SettingsReader.ofApplication(),
                codecs());
        isChecked = !LateBeans.mayCome();
        if (isChecked) {
            early.checkAndWarn(List.of());
        } else {
            early.checkMethodsInThemselves();
        }
        deployment = early;
    }

    /** Checks everything, if not all beans were known then, and what stands between the cache and the methods. */
    void checkAtLast(@Observes AfterDeploymentValidation end, BeanManager container) {
        Set<Class<?>> late = lateBeans.classes();
        Set<Method> intercepted = beans.intercepted(container); // an interceptor may have come with the late beans
        Deployment last = deployment();
        if (!late.isEmpty() || !intercepted.equals(last.intercepted())) {
            last = Deployment.of(known.with(late), intercepted, SettingsReader.ofApplication(), codecs());
            deployment = last;
        }
        List<String> behind = beans.problems(last.beans(), container);
        beans.clear();
        if (!isChecked || !late.isEmpty()) {
            last.checkAndWarn(behind);
        } else {
            Deployment.refuse(Stream.of(behind));
        }
    }

    private List<TypeCodecs.Declared> codecs() {
        return List.copyOf(codecs.values());
    }

    /** The deployment, as far as the beans are known. */
    Deployment deployment() {
        if (deployment == null) {
            throw new IllegalStateException("The container has not told that all beans are discovered.");
        }
        return deployment;
    }

    /**
     * Hands on the deployment that {@link PortableExtension} has made and checked. Not a synthetic bean: that of a configurator, as Weld makes it, would hold on
     * to whom it was injected into when the application has long ended.
     */
    @Dependent
    static class DeploymentProducer {

        @Produces
        static Deployment deployment(BeanManager container) {
            return container.getExtension(PortableExtension.class).deployment();
        }
    }
}
