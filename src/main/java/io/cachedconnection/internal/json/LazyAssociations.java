package io.cachedconnection.internal.json;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The associations inside a type that persistence loads only when they are asked for. To write such a value asks for
 * all of them, or fails where nobody can load them any more. Persistence need not be there, so its annotations go by
 * their names.
 */
public final class LazyAssociations {

    private static final String PERSISTENCE = "jakarta.persistence.";
    private static final List<String> PERSISTENT = List.of("Entity", "Embeddable");

    // What they are if they do not say.
    private static final Map<String, String> FETCH = Map.of(
            "OneToMany", "LAZY",
            "ManyToMany", "LAZY",
            "ElementCollection", "LAZY",
            "ManyToOne", "EAGER",
            "OneToOne", "EAGER",
            "Basic", "EAGER");

    private LazyAssociations() {}

    /** Those that are written, as {@code Order.lines}. */
    public static List<String> of(Type type) {
        try {
            return Parts.of(type).stream()
                    .map(part -> part.type().type())
                    .filter(LazyAssociations::isPersistent)
                    .flatMap(entity -> Property.of(entity).stream())
                    .filter(property -> property.isWritten() && isLazy(property))
                    .map(Property::where)
                    .distinct()
                    .toList();
        } catch (LinkageError | TypeNotPresentException e) {
            return List.of(); // it is warned of for that
        }
    }

    private static boolean isPersistent(Class<?> type) {
        return annotations(type).anyMatch(annotation -> PERSISTENT.contains(name(annotation)));
    }

    private static boolean isLazy(Property property) {
        return property.elements().flatMap(LazyAssociations::annotations).anyMatch(LazyAssociations::isLazy);
    }

    private static boolean isLazy(Annotation annotation) {
        String otherwise = FETCH.get(name(annotation));
        return otherwise != null && fetch(annotation, otherwise).equals("LAZY");
    }

    private static Stream<Annotation> annotations(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .filter(annotation -> annotation.annotationType().getName().startsWith(PERSISTENCE));
    }

    private static String name(Annotation annotation) {
        return annotation.annotationType().getSimpleName();
    }

    private static String fetch(Annotation annotation, String otherwise) {
        try {
            return annotation
                    .annotationType()
                    .getMethod("fetch")
                    .invoke(annotation)
                    .toString();
        } catch (ReflectiveOperationException e) {
            return otherwise; // a later version, that says it in another way
        }
    }
}
