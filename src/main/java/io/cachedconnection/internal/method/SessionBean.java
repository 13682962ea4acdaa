package io.cachedconnection.internal.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that a server begins for session beans. It does so before it asks any interceptor, so a lookup would
 * find itself in a transaction of which nobody tells how old it is, and never fill. Jakarta Enterprise Beans may not be
 * there, so its annotations are known by their names.
 */
final class SessionBean {

    private static final String PACKAGE = "jakarta.ejb.";
    private static final Set<String> KINDS = Set.of("Stateless", "Stateful", "Singleton");
    private static final Set<String> BEGINNING = Set.of("REQUIRED", "REQUIRES_NEW");

    private SessionBean() {}

    /** Whether a call of this method of this bean begins a transaction. */
    static boolean beginsTransaction(Class<?> bean, Method method) {
        return KINDS.stream().anyMatch(kind -> annotation(bean, kind) != null)
                && !"BEAN".equals(value(annotation(bean, "TransactionManagement")))
                && BEGINNING.contains(attribute(method));
    }

    /** That of the method, else that of the class that declares it, else the default. */
    private static String attribute(Method method) {
        return Stream.of(method, method.getDeclaringClass())
                .map(each -> value(annotation(each, "TransactionAttribute")))
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("REQUIRED");
    }

    private static @Nullable Annotation annotation(AnnotatedElement element, String name) {
        return Stream.of(element.getAnnotations())
                .filter(each -> each.annotationType().getName().equals(PACKAGE + name))
                .findFirst()
                .orElse(null);
    }

    /** The value of {@code annotation} as a text; empty if there is no annotation. */
    static String value(@Nullable Annotation annotation) {
        try {
            return annotation == null
                    ? ""
                    : annotation
                            .annotationType()
                            .getMethod("value")
                            .invoke(annotation)
                            .toString();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Not an annotation of Jakarta EE.", e);
        }
    }
}
