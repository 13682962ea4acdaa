package io.cachedconnection.internal.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import java.util.List;

/** Makes the bean that hands the bean classes from deployment to run time. */
public final class BeanClassesCreator implements SyntheticBeanCreator<BeanClasses> {

    static final String CLASSES = "classes";
    static final String PROBLEMS = "problems";
    static final String OUT_OF_SIGHT = "out of sight";

    @Override
    public BeanClasses create(Instance<Object> lookup, Parameters parameters) {
        List<Class<?>> classes = List.of(parameters.get(CLASSES, Class[].class));
        List<String> problems = List.of(parameters.get(PROBLEMS, String[].class));
        boolean outOfSight = parameters.get(OUT_OF_SIGHT, Boolean.class);
        return new BeanClasses(BeanClasses.withMethodsOfOurs(classes), problems, outOfSight);
    }
}
