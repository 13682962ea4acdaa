package io.cachedconnection.internal.method;

import io.cachedconnection.CachedConnection;
import jakarta.enterprise.inject.Stereotype;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Searches annotations as CDI does: on the element, on its interceptor bindings and stereotypes, on the annotations of these,
 * and so on.
 */
final class AnnotationSearch {

    private AnnotationSearch() {}

    /** Returns the annotations of this type on {@code element}, nearest first, without duplicates. */
    static <A extends Annotation> List<A> all(Class<A> wanted, AnnotatedElement element) {
        return whereCdiLooks(element).stream()
                .flatMap(each -> Stream.of(each.getAnnotationsByType(wanted)))
                .distinct()
                .toList();
    }

    /** Returns the effective annotations: the element's own, or else the effective ones of each of its annotations. */
    static <A extends Annotation> List<A> winners(Class<A> wanted, AnnotatedElement element) {
        return element.getAnnotations().length == 0
                ? List.of()
                : winners(wanted, element, new HashSet<>(whereCdiLooks(element)))
                        .distinct()
                        .toList();
    }

    private static <A extends Annotation> Stream<A> winners(
            Class<A> wanted, AnnotatedElement element, Set<AnnotatedElement> left) {
        left.remove(element);
        List<A> own = List.of(element.getAnnotationsByType(wanted));
        return own.isEmpty()
                ? types(element).filter(left::contains).flatMap(type -> winners(wanted, type, left))
                : own.stream();
    }

    /** Returns the effective {@code @CachedConnection} of {@code element}; null if it has none. */
    static @Nullable CachedConnection lookup(AnnotatedElement element) {
        List<CachedConnection> winners = winners(CachedConnection.class, element);
        return winners.isEmpty() ? null : winners.get(0);
    }

    /** Returns the annotations that lead to one of {@code wanted}, but that CDI ignores. */
    static List<Class<? extends Annotation>> overlooked(
            List<Class<? extends Annotation>> wanted, AnnotatedElement element) {
        return whereCdiLooks(element).stream()
                .<Class<? extends Annotation>>flatMap(AnnotationSearch::types)
                .filter(type -> !isSeen(type, element) && leadsTo(wanted, type))
                .distinct()
                .toList();
    }

    /** Whether {@code type} carries one of {@code wanted}, directly or through other annotations. */
    static boolean leadsTo(List<Class<? extends Annotation>> wanted, Class<? extends Annotation> type) {
        return reached(type, next -> true).stream()
                .anyMatch(each -> wanted.stream().anyMatch(each::isAnnotationPresent));
    }

    static List<AnnotatedElement> whereCdiLooks(AnnotatedElement element) {
        return reached(element, type -> isSeen(type, element));
    }

    /** Whether CDI looks at {@code type}: on a method, it looks at bindings only. */
    private static boolean isSeen(Class<? extends Annotation> type, AnnotatedElement element) {
        return type.isAnnotationPresent(InterceptorBinding.class)
                || (element instanceof Class<?> && type.isAnnotationPresent(Stereotype.class));
    }

    /** Uses no streams, because it runs for each annotated method in a JVM that has just started. */
    private static List<AnnotatedElement> reached(
            AnnotatedElement element, Predicate<Class<? extends Annotation>> isFollowed) {
        Set<AnnotatedElement> seen = new HashSet<>(); // annotations may annotate themselves
        List<AnnotatedElement> reached = new ArrayList<>();
        reached.add(element);
        for (int i = 0; i < reached.size(); i++) {
            for (Annotation annotation : reached.get(i).getAnnotations()) {
                Class<? extends Annotation> type = annotation.annotationType();
                if (isFollowed.test(type) && seen.add(type)) {
                    reached.add(type);
                }
            }
        }
        return reached;
    }

    private static Stream<Class<? extends Annotation>> types(AnnotatedElement element) {
        return Stream.of(element.getAnnotations()).map(Annotation::annotationType);
    }
}
