package io.cachedconnection.internal.method;

import io.cachedconnection.internal.types.ClassDescription;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the bean classes that are worth reading. Most have no annotation of this library, and reading one takes a hundred times
 * as long as this check. It caches what it has seen of classes and annotations. For one thread.
 */
public final class BeanClassSearch {

    private final Map<Class<?>, Boolean> types = new HashMap<>(); // bean classes share ancestors
    private final Map<Class<?>, Boolean> annotations = new HashMap<>();

    /**
     * Whether the class, an ancestor or one of their methods carries an annotation of this library, directly or through other
     * annotations, even where CDI does not look. If not, {@link BeanReading#of} finds neither methods nor problems.
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
