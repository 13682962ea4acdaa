package io.cachedconnection.internal.json;

import jakarta.json.bind.annotation.JsonbTransient;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field of the application's classes as JSON-B looks at it.
 *
 * @param field the field
 * @param getter its public getter, if there is one
 * @param setter its public setter likewise
 */
record Property(
        Field field, @Nullable Method getter, @Nullable Method setter) {

    private static final int NEVER_WRITTEN = Modifier.STATIC | Modifier.TRANSIENT;

    /** Those of {@code type} and of what it extends. */
    static List<Property> of(Class<?> type) {
        return fields(type).map(field -> at(type, field)).toList();
    }

    /** That of {@code field}, which {@code type} declares or inherits. */
    static Property at(Class<?> type, Field field) {
        return new Property(field, getter(type, field), setter(type, field));
    }

    private static Stream<Field> fields(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        Stream<Field> inherited = parent == null || ResolvedType.isOfPlatform(parent) ? Stream.empty() : fields(parent);
        Stream<Field> own = Arrays.stream(type.getDeclaredFields())
                .filter(field -> (field.getModifiers() & NEVER_WRITTEN) == 0)
                .filter(field -> !field.isSynthetic() && !ProviderAdditions.isMember(field));
        return Stream.concat(inherited, own);
    }

    private static @Nullable Method getter(Class<?> type, Field field) {
        String end = capitalized(field.getName());
        return first(
                type,
                method -> Getters.isGetter(method)
                        && (method.getName().equals("get" + end)
                                || method.getName().equals("is" + end)));
    }

    private static @Nullable Method setter(Class<?> type, Field field) {
        String name = "set" + capitalized(field.getName());
        return first(type, method -> method.getName().equals(name) && method.getParameterCount() == 1);
    }

    private static @Nullable Method first(Class<?> type, Predicate<Method> wanted) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !method.isBridge() && wanted.test(method))
                .findFirst()
                .orElse(null);
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** {@code Book.author}. */
    String where() {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    Type type() {
        return field.getGenericType();
    }

    /** Whether it stands in JSON, in a form that its type tells. */
    boolean isPlain() {
        return isWritten() && elements().noneMatch(Annotated::hasConverter);
    }

    boolean isWritten() {
        boolean visible = getter != null || Modifier.isPublic(field.getModifiers()) || isOfRecord();
        return visible && !isTransient();
    }

    boolean isTransient() {
        return elements().anyMatch(element -> element.isAnnotationPresent(JsonbTransient.class));
    }

    /** Whether a value may have something in it that its JSON does not say. */
    boolean isHidden() {
        return !isWritten() && !isTransient();
    }

    /** Whether JSON-B can set it, without a creator. */
    boolean isSettable() {
        int modifiers = field.getModifiers();
        return isOfRecord() || setter != null || (Modifier.isPublic(modifiers) && !Modifier.isFinal(modifiers));
    }

    private boolean isOfRecord() {
        return field.getDeclaringClass().isRecord();
    }

    /** Where its annotations are. */
    Stream<AnnotatedElement> elements() {
        return Stream.<@Nullable AnnotatedElement>of(field, getter, setter, accessor())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    private @Nullable Method accessor() {
        return isOfRecord()
                ? first(
                        field.getDeclaringClass(),
                        method -> method.getName().equals(field.getName()) && method.getParameterCount() == 0)
                : null;
    }
}
