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
 * The deployment in a container of full CDI, as in every server. It adds the beans of this library and reads every bean class
 * of the application. Problems with annotations or settings stop the deployment, with one message that lists all of them.
 * {@link BuildTimeExtension} is for CDI Lite.
 */
public final class PortableExtension implements Extension {

    // One deployment, one thread.
    private final InterceptedBeans beans = new InterceptedBeans();
    private final LateBeans lateBeans = new LateBeans();
    private final Map<Bean<?>, TypeCodecs.Declared> codecs = new LinkedHashMap<>(); // including those of late beans
    private BeanClasses known = BeanClasses.of(List.of());
    private @Nullable Deployment deployment;
    private boolean isChecked;

    /** Adds the beans of this library. */
    void addBeans(@Observes BeforeBeanDiscovery types) {
        OurBeans.classes().stream()
                .filter(bean -> bean != OurBeans.readinessCheck())
                .forEach(bean -> types.addAnnotatedType(bean, bean.getName()));
        types.addAnnotatedType(DeploymentProducer.class, DeploymentProducer.class.getName());
    }

    /** Records a bean that is a class, also an enterprise bean. */
    void found(@Observes ProcessManagedBean<?> bean) {
        beans.add(bean.getBean(), bean.getAnnotatedBeanClass());
    }

    /** Records interceptors, decorators and codecs. */
    void found(@Observes ProcessBean<?> bean) {
        beans.add(bean.getBean(), bean.getAnnotated());
        TypeCodecs.Declared.ofBean(bean.getBean()).ifPresent(codec -> codecs.put(bean.getBean(), codec));
    }

    /** Records a bean that another extension has created. */
    void found(@Observes ProcessSyntheticBean<?> bean) {
        if (bean.getSource() != this) {
            lateBeans.add(bean.getBean());
        }
    }

    /**
     * Checks everything before the container's own checks, which would stop at the first final method with a message of their
     * own. A write or setting that seems wrong may still refer to the lookups of a late bean.
     */
    void check(@Observes AfterBeanDiscovery end, BeanManager container) {
        List<Class<?>> all = beans.classes();
        known = BeanClasses.among(all);
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
        @Nullable Class<?> readiness = OurBeans.readinessCheck();
        if (readiness != null) {
            Stream<Class<?>> beside = all.stream() // of one WAR, if no bean of the application has cached methods
                    .filter(bean -> bean.getClassLoader() == readiness.getClassLoader()
                            && bean.getPackage() != readiness.getPackage());
            Class<?> archive =
                    Stream.concat(known.classes().stream(), beside).findFirst().orElse(readiness);
            end.addBean(ReadinessCheck.inArchiveOf(archive, container));
        }
    }

    /** Checks everything again if late beans came, and the interceptors and decorators between the cache and the methods. */
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

    /** Returns the deployment of the beans known so far. */
    Deployment deployment() {
        if (deployment == null) {
            throw new IllegalStateException("The container has not told that all beans are discovered.");
        }
        return deployment;
    }

    /**
     * Produces the deployment that {@link PortableExtension} has created and checked. Not a synthetic bean: Weld's configurator
     * would keep a reference to the injection points long after the end of the application.
     */
    @Dependent
    static class DeploymentProducer {

        @Produces
        static Deployment deployment(BeanManager container) {
            return container.getExtension(PortableExtension.class).deployment();
        }
    }
}
