package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.config.SettingsReader;
import io.cachedconnection.internal.method.OtherInterceptors;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Creates the {@link Deployment} at the start from the bean classes that {@link BuildTimeExtension} has found and checked. */
public final class DeploymentCreator implements SyntheticBeanCreator<Deployment> {

    static final String CLASSES = "classes";

    @Override
    public Deployment create(Instance<Object> lookup, Parameters parameters) {
        List<Class<?>> classes = List.of(parameters.get(CLASSES, Class[].class));
        Set<Method> intercepted = classes.stream()
                .flatMap(each -> OtherInterceptors.mayIntercept(each).stream())
                .collect(Collectors.toUnmodifiableSet());
        return Deployment.of(BeanClasses.of(classes), intercepted, SettingsReader.ofApplication(), List.of());
    }
}
