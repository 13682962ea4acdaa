package io.cachedconnection.internal.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import java.util.List;
import java.util.Set;

/** Makes {@link BeanClasses} when the application starts, of what {@link LiteExtension} has found and checked. */
public final class BeanClassesCreator implements SyntheticBeanCreator<BeanClasses> {

    static final String CLASSES = "classes";

    @Override
    public BeanClasses create(Instance<Object> lookup, Parameters parameters) {
        return new BeanClasses(List.of(parameters.get(CLASSES, Class[].class)), List.of(), Set.of());
    }
}
