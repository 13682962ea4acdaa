package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.config.SettingsReader;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What happens at deployment: the beans of this library are added, every bean class of the application is read, and if
 * anything is wrong with an annotation or a setting, the deployment stops with one message that lists all of it.
 */
public final class CachedConnectionExtension implements BuildCompatibleExtension {

    // One deployment, one thread.
    private final List<ClassInfo> beanClasses = new ArrayList<>();
    private final Producers producers = new Producers();

    /** Adds the beans of this library. */
    @Discovery
    public void addBeans(ScannedClasses classes) {
        classes.add(CachedConnectionInterceptor.class.getName());
        classes.add(EvictConnectionInterceptor.class.getName());
        classes.add(EvictConnectionsInterceptor.class.getName());
        classes.add(PutConnectionInterceptor.class.getName());
        classes.add(Composition.class.getName());
        classes.add(LateCheck.class.getName());
        if (TransactionSearch.hasTransactionScoped()) {
            classes.add(TransactionBeginnings.class.getName());
        }
    }

    /** Takes note of a bean. */
    @Registration(types = Object.class)
    public void found(BeanInfo bean) {
        if (bean.isProducerMethod() || bean.isProducerField()) {
            producers.producer(bean).ifPresent(beanClasses::add);
        }
        ClassInfo beanClass = bean.declaringClass();
        if (bean.isClassBean() && !beanClass.hasAnnotation(Interceptor.class)) { // those carry what they bind to
            beanClasses.add(beanClass);
            producers.classBean(bean);
        }
    }

    /**
     * Checks everything and hands the bean classes on. Here and not in the validation phase, which comes after the
     * container's own: that one would stop at the first final method, with a message of its own. Only what is out of sight
     * here, as the classes of a WAR are for a library in the EAR, is left to {@link LateCheck}; and settings are checked when
     * the application starts where this may be the machine on which it is only built.
     */
    @Synthesis
    public void check(SyntheticComponents components) {
        List<Class<?>> inSight =
                BeanClasses.named(beanClasses.stream().map(ClassInfo::name).toList());
        boolean areOutOfSight = beanClasses.stream().anyMatch(CachedConnectionExtension::isMarkedOutOfSight);
        if (!areOutOfSight) {
            check(inSight);
        }
        components
                .addBean(BeanClasses.class)
                .type(BeanClasses.class)
                .scope(Singleton.class)
                .withParam(BeanClassesCreator.CLASSES, handedOn(inSight))
                .withParam(BeanClassesCreator.PROBLEMS, producers.problems().toArray(String[]::new))
                .withParam(BeanClassesCreator.OUT_OF_SIGHT, areOutOfSight)
                .createWith(BeanClassesCreator.class);
    }

    private void check(List<Class<?>> inSight) {
        BeanClasses found = new BeanClasses(inSight, producers.problems(), false);
        if (!FullContainer.isHere()) {
            Deployment.checkMethods(found);
            return;
        }
        Deployment deployment = Deployment.of(found, SettingsReader.ofApplication());
        deployment.check();
        deployment.warn();
    }

    /** No others, because each is loaded again at the start. */
    private ClassInfo[] handedOn(List<Class<?>> inSight) {
        Set<String> names = inSight.stream().map(Class::getName).collect(Collectors.toSet());
        return beanClasses.stream()
                .filter(beanClass -> names.contains(beanClass.name()) || !BeanClasses.isVisible(beanClass.name()))
                .toArray(ClassInfo[]::new);
    }

    private static boolean isMarkedOutOfSight(ClassInfo beanClass) {
        return !BeanClasses.isVisible(beanClass.name()) && Marks.isMarked(beanClass);
    }
}
