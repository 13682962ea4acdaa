package io.cachedconnection.internal.cdi;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictConnections;
import io.cachedconnection.PutConnection;
import io.cachedconnection.internal.config.SettingsReader;
import io.cachedconnection.internal.message.LifeMessage;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happens at deployment: the beans of this library are added, every bean class of the application is read, and if
 * anything is wrong with an annotation or a setting, the deployment stops with one message that lists all of it.
 */
public final class CachedConnectionExtension implements BuildCompatibleExtension {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    private final Map<String, ClassInfo> beanClasses = new TreeMap<>(); // one deployment, one thread

    /** Adds the beans of this library. */
    @Discovery
    public void addBeans(ScannedClasses classes) {
        classes.add(CachedConnectionInterceptor.class.getName());
        classes.add(EvictConnectionInterceptor.class.getName());
        classes.add(EvictConnectionsInterceptor.class.getName());
        classes.add(PutConnectionInterceptor.class.getName());
        classes.add(Composition.class.getName());
        if (TransactionSearch.hasTransactionScoped()) {
            classes.add(TransactionBeginnings.class.getName());
        }
    }

    /** Takes note of a bean. */
    @Registration(types = Object.class)
    public void found(BeanInfo bean) {
        ClassInfo beanClass = bean.declaringClass();
        if (bean.isClassBean() && !beanClass.hasAnnotation(Interceptor.class)) { // those carry what they bind to
            beanClasses.put(beanClass.name(), beanClass);
        }
    }

    /**
     * Checks everything and hands the bean classes on. Here and not in the validation phase, which comes after the
     * container's own: that one would stop at the first final method, with a message of its own.
     */
    @Synthesis
    public void check(SyntheticComponents components) {
        List<Class<?>> cached = BeanClasses.withMethodsOfOurs(beanClasses.keySet());
        Deployment deployment = Deployment.of(cached, SettingsReader.ofApplication());
        List<String> problems = new ArrayList<>(deployment.problems());
        beanClasses.values().stream()
                .filter(beanClass -> !BeanClasses.isVisible(beanClass.name()) && isMarked(beanClass))
                .forEach(beanClass -> problems.add(LifeMessage.OUT_OF_SIGHT.with(beanClass.name())));
        if (!problems.isEmpty()) {
            throw new DeploymentException(LifeMessage.REFUSED.with(problems.size(), String.join("\n", problems)));
        }
        deployment.beans().warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        components
                .addBean(BeanClasses.class)
                .type(BeanClasses.class)
                .scope(Singleton.class)
                .withParam(BeanClassesCreator.CLASSES, cached.toArray(Class<?>[]::new))
                .createWith(BeanClassesCreator.class);
    }

    private static boolean isMarked(ClassInfo beanClass) {
        return beanClass.hasAnnotation(CachedConnection.class)
                || beanClass.methods().stream().anyMatch(CachedConnectionExtension::isMarked);
    }

    private static boolean isMarked(MethodInfo method) {
        return method.hasAnnotation(CachedConnection.class)
                || method.hasAnnotation(EvictConnection.class)
                || method.hasAnnotation(EvictConnections.class)
                || method.hasAnnotation(PutConnection.class);
    }
}
