package io.cachedconnection.internal.method;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that a class is: itself and its superclasses, nearest first, then every interface of those. */
final class Ancestry {

    private Ancestry() {}

    static Set<Class<?>> of(Class<?> type) {
        Set<Class<?>> all = classes(type);
        all.addAll(interfaces(type));
        return all;
    }

    /** The class and its superclasses without {@code Object}; an interface alone. */
    static Set<Class<?>> classes(Class<?> type) {
        Set<Class<?>> classes = new LinkedHashSet<>();
        for (@Nullable Class<?> next = type; next != null && next != Object.class; next = next.getSuperclass()) {
            classes.add(next);
        }
        return classes;
    }

    /** Every interface of the class and of its superclasses. */
    static Set<Class<?>> interfaces(Class<?> type) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        classes(type).forEach(each -> collect(each, interfaces));
        return interfaces;
    }

    private static void collect(Class<?> type, Set<Class<?>> interfaces) {
        for (Class<?> each : type.getInterfaces()) {
            interfaces.add(each);
            collect(each, interfaces);
        }
    }
}
