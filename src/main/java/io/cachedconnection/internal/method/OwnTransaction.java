package io.cachedconnection.internal.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The transaction that {@code @Transactional} begins for a method. Jakarta Transactions may not be there, so its annotation is
 * known by its name.
 */
final class OwnTransaction {

    private static final String TRANSACTIONAL = "jakarta.transaction.Transactional";
    private static final Set<String> BEGINNING = Set.of("REQUIRED", "REQUIRES_NEW");

    private OwnTransaction() {}

    /** Whether the annotation of the method, else that of the bean, begins a transaction if there is none. */
    static boolean isBegun(Class<?> bean, Method method) {
        return Stream.of(method, bean)
                .flatMap(AnnotationSearch::whereCdiLooks)
                .flatMap(each -> Stream.of(each.getAnnotations()))
                .filter(each -> each.annotationType().getName().equals(TRANSACTIONAL))
                .map(OwnTransaction::value)
                .findFirst()
                .map(BEGINNING::contains)
                .orElse(false);
    }

    private static String value(Annotation annotation) {
        try {
            return annotation
                    .annotationType()
                    .getMethod("value")
                    .invoke(annotation)
                    .toString();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Not an annotation of Jakarta Transactions.", e);
        }
    }
}
