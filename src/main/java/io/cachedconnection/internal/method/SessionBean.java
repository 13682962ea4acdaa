package io.cachedconnection.internal.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Detects the transactions that a server begins for session beans. It begins them before it calls any interceptor, so a lookup
 * would run in a transaction of unknown age and never fill. Jakarta Enterprise Beans may be absent, so its annotations are
 * known by name.
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

    /** Returns the attribute of the method, or else of its declaring class, or else the default. */
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

    /** Returns the value of {@code annotation} as text; empty without an annotation. */
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
