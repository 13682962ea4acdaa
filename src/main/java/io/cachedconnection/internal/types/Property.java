package io.cachedconnection.internal.types;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field of an application's class with its accessors.
 *
 * @param field the field
 * @param getter its public {@code getX} or {@code isX}; null if there is none
 * @param setter its public {@code setX}; null if there is none
 * @param accessor the accessor method of a record component; null in other classes
 */
public record Property(
        Field field,
        @Nullable Method getter,
        @Nullable Method setter,
        @Nullable Method accessor) {

    /** Returns the name of the field. */
    public String name() {
        return field.getName();
    }

    /** Returns the declared type of the field. */
    public Type type() {
        return field.getGenericType();
    }

    /** Returns class and field, such as {@code Book.author}. */
    public String where() {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    /** Whether a reader of values can see it: a record component, a public field, or one with a getter. */
    public boolean isVisible() {
        return accessor != null || getter != null || Modifier.isPublic(field.getModifiers());
    }

    /** Whether it can be set, by a record's constructor, a setter, or directly. */
    public boolean isSettable() {
        int modifiers = field.getModifiers();
        return accessor != null || setter != null || (Modifier.isPublic(modifiers) && !Modifier.isFinal(modifiers));
    }

    /** Returns the elements that carry its annotations: the field and its accessors. */
    public Stream<AnnotatedElement> elements() {
        return Stream.<@Nullable AnnotatedElement>of(field, getter, setter, accessor)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }
}
