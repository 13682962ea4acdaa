package io.cachedconnection.internal.json;

import io.cachedconnection.internal.types.Property;
import jakarta.json.bind.annotation.JsonbVisibility;
import jakarta.json.bind.config.PropertyVisibilityStrategy;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets JSON-B set fields that have a public getter and no public setter, such as generated ids of entities. Does not change
 * which properties JSON-B writes, so the JSON stays the same.
 */
final class FieldAccess implements PropertyVisibilityStrategy {

    private final Set<Field> fields;

    private FieldAccess(Set<Field> fields) {
        this.fields = fields;
    }

    /** Creates the strategy for values of {@code type}. Use it only if {@link #isNeeded} returns true. */
    static FieldAccess of(Type type) {
        Set<Field> fields = new HashSet<>();
        try {
            ReachableTypes.of(type).stream()
                    .flatMap(part -> part.properties().stream())
                    .filter(FieldAccess::sets)
                    .forEach(property -> fields.add(property.field()));
        } catch (LinkageError | TypeNotPresentException e) {
            fields.clear(); // JSON-B will report the missing class
        }
        return new FieldAccess(fields);
    }

    /** Tells whether {@code property} can be set only through its field. */
    static boolean sets(Property property) {
        return JsonbAnnotations.isWritten(property)
                && property.getter() != null
                && !property.isSettable()
                && !Modifier.isFinal(property.field().getModifiers())
                && !hasVisibility(property.field().getDeclaringClass());
    }

    /** Tells whether {@code type} or its package has its own visibility strategy, which may expose any field. */
    static boolean hasVisibility(Class<?> type) {
        return type.isAnnotationPresent(JsonbVisibility.class)
                || (type.getPackage() != null && type.getPackage().isAnnotationPresent(JsonbVisibility.class));
    }

    boolean isNeeded() {
        return !fields.isEmpty();
    }

    @Override
    public boolean isVisible(Field field) {
        return fields.contains(field)
                || (Modifier.isPublic(field.getModifiers()) && accessors(field).allMatch(this::isVisible));
    }

    @Override
    public boolean isVisible(Method method) {
        return Modifier.isPublic(method.getModifiers());
    }

    /** Returns the accessors of the field. A non-public one hides a public field. */
    private static Stream<Method> accessors(Field field) {
        String name = field.getName();
        String end = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        Set<String> names = Set.of("get" + end, "is" + end, "set" + end);
        return Arrays.stream(field.getDeclaringClass().getDeclaredMethods())
                .filter(method -> names.contains(method.getName()));
    }
}
