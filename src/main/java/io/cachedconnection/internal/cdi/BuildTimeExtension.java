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
 * The deployment in a CDI Lite container such as Quarkus. It does the work of {@link PortableExtension}, but at build time,
 * when the settings are those of another machine. The application therefore checks the settings when it starts.
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

    /** Records a bean. */
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

    /** Checks the methods, and passes the relevant bean classes on to the start, which loads them again. */
    @Synthesis
    public void check(SyntheticComponents components) {
        BeanClasses found = BeanClasses.among(beanClasses.keySet());
        List<TypeCodecs.Declared> codecs = beanClasses.keySet().stream()
                .flatMap(each -> TypeCodecs.Declared.ofClass(each).stream())
                .toList(); // only for warnings; producers may make more types, and the start checks them all
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
