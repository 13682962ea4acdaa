package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.method.OtherInterceptors;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes {@link BeanClasses} when the application starts, of what {@link LiteExtension} has found and checked. */
public final class BeanClassesCreator implements SyntheticBeanCreator<BeanClasses> {

    static final String CLASSES = "classes";

    @Override
    public BeanClasses create(Instance<Object> lookup, Parameters parameters) {
        List<Class<?>> classes = List.of(parameters.get(CLASSES, Class[].class));
        Set<Method> intercepted = classes.stream()
                .flatMap(each -> OtherInterceptors.mayIntercept(each).stream())
                .collect(Collectors.toUnmodifiableSet());
        return new BeanClasses(classes, List.of(), intercepted);
    }
}
