package io.cachedconnection.internal.method;

import io.cachedconnection.CachedConnection;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The search for {@code @CachedConnection} where CDI looks: on the element, then on its annotations, and so on. */
final class CachedConnectionSearch {

    private CachedConnectionSearch() {}

    /** The nearest annotation of {@code element}, or null if it has none. */
    static @Nullable CachedConnection on(AnnotatedElement element) {
        Set<AnnotatedElement> seen = new HashSet<>(); // annotations may annotate themselves
        Queue<AnnotatedElement> next = new ArrayDeque<>(Set.of(element));
        while (!next.isEmpty()) {
            AnnotatedElement each = next.remove();
            CachedConnection found = each.getAnnotation(CachedConnection.class);
            if (found != null) {
                return found;
            }
            for (Annotation annotation : each.getAnnotations()) {
                if (seen.add(annotation.annotationType())) {
                    next.add(annotation.annotationType());
                }
            }
        }
        return null;
    }
}
