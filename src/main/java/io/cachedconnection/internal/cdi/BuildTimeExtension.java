package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.message.LifeMessage;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.SkipIfPortableExtensionPresent;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens at deployment in a container of CDI Lite, such as Quarkus: the same as with {@link PortableExtension}, but this
 * is when the application is built, and the settings are those of another machine then. So these are checked when the
 * application starts.
 */
@SkipIfPortableExtensionPresent(PortableExtension.class)
public final class BuildTimeExtension implements BuildCompatibleExtension {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    private final Map<Class<?>, ClassInfo> beanClasses = new LinkedHashMap<>(); // one deployment, one thread

    /** Adds the beans of this library. */
    @Discovery
    public void addBeans(ScannedClasses classes) {
        OurBeans.classes().forEach(bean -> classes.add(bean.getName()));
    }

    /** Takes note of a bean. */
    @Registration(types = Object.class)
    public void found(BeanInfo bean) {
        if (bean.isClassBean()) {
            add(bean.declaringClass());
        }
    }

    private void add(ClassInfo beanClass) {
        try {
            beanClasses.put(
                    Class.forName(
                            beanClass.name(), false, Thread.currentThread().getContextClassLoader()),
                    beanClass);
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.log(Level.DEBUG, () -> LifeMessage.UNLOADABLE.with(beanClass.name()), e);
        }
    }

    /** Checks the methods and hands on the bean classes that matter, for each is loaded again at the start. */
    @Synthesis
    public void check(SyntheticComponents components) {
        BeanClasses found = BeanClasses.among(beanClasses.keySet());
        List<TypeCodecs.Declared> codecs = beanClasses.keySet().stream()
                .flatMap(each -> TypeCodecs.Declared.ofClass(each).stream())
                .toList(); // only to be warned of; producers may make more, and the start checks them all
        Deployment.checkMethods(found, codecs);
        components
                .addBean(Deployment.class)
                .type(Deployment.class)
                .scope(Singleton.class)
                .withParam(DeploymentCreator.CLASSES, handedOn(found))
                .createWith(DeploymentCreator.class);
    }

    private ClassInfo[] handedOn(BeanClasses found) {
        return beanClasses.entrySet().stream()
                .filter(each -> found.classes().contains(each.getKey()))
                .map(Map.Entry::getValue)
                .toArray(ClassInfo[]::new);
    }
}
