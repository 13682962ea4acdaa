package io.cachedconnection.internal.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;

/** The search for annotations where CDI looks: on the element, then on its annotations, and so on. */
final class AnnotationSearch {

    private AnnotationSearch() {}

    /** The annotations of this type on {@code element}, nearest first, each said once. */
    static <A extends Annotation> List<A> all(Class<A> wanted, AnnotatedElement element) {
        return whereCdiLooks(element)
                .flatMap(each -> Stream.of(each.getAnnotationsByType(wanted)))
                .distinct()
                .toList();
    }

    private static Stream<AnnotatedElement> whereCdiLooks(AnnotatedElement element) {
        Set<AnnotatedElement> seen = new HashSet<>(); // annotations may annotate themselves
        Stream.Builder<AnnotatedElement> inOrder = Stream.builder();
        Queue<AnnotatedElement> next = new ArrayDeque<>(List.of(element));
        while (!next.isEmpty()) {
            AnnotatedElement each = next.remove();
            inOrder.add(each);
            Stream.of(each.getAnnotations())
                    .<AnnotatedElement>map(Annotation::annotationType)
                    .filter(seen::add)
                    .forEach(next::add);
        }
        return inOrder.build();
    }
}
