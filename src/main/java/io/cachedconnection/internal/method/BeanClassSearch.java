package io.cachedconnection.internal.method;

import io.cachedconnection.internal.types.ClassDescription;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/**
 * The search for bean classes that are worth reading: most have no annotation of this library, and to read one takes a hundred
 * times as long as to see that. It remembers what it has seen of classes and annotations. For one thread.
 */
public final class BeanClassSearch {

    private final Map<Class<?>, Boolean> types = new HashMap<>(); // bean classes have ancestors in common
    private final Map<Class<?>, Boolean> annotations = new HashMap<>();

    /**
     * Whether an annotation of this library is on the class, on an ancestor, or on a method of these, be it by way of other
     * annotations, also where CDI does not look. If not, {@link BeanReading#of} finds nothing, not even a problem.
     */
    public boolean isWorthReading(Class<?> beanClass) {
        for (Class<?> type : new ClassDescription(beanClass).ancestors()) {
            Boolean known = types.get(type);
            if (known == null) {
                known = isAnnotated(type);
                types.put(type, known);
            }
            if (known) {
                return true;
            }
        }
        return false;
    }

    private boolean isAnnotated(Class<?> type) {
        if (isAnyOurs(type.getDeclaredAnnotations())) {
            return true;
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isAnyOurs(method.getDeclaredAnnotations())) {
                return true;
            }
        }
        return false;
    }

    private boolean isAnyOurs(Annotation[] found) {
        for (Annotation annotation : found) {
            boolean isOurs = annotations.computeIfAbsent(
                    annotation.annotationType(),
                    type -> BeanReading.OverlookedAnnotations.OURS.contains(type)
                            || AnnotationSearch.leadsTo(
                                    BeanReading.OverlookedAnnotations.OURS, annotation.annotationType()));
            if (isOurs) {
                return true;
            }
        }
        return false;
    }
}
