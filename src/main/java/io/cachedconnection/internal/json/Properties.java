package io.cachedconnection.internal.json;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The properties of a type of the application whose name and type in JSON are sure: every component of a record, and
 * every field of a class that has a getter of the same type, or is public and has none, unless an annotation of JSON-B may
 * say otherwise.
 */
final class Properties {

    private static final int NEVER_WRITTEN = Modifier.STATIC | Modifier.TRANSIENT;

    private Properties() {}

    static Map<String, Type> of(Class<?> type) {
        if (type.isInterface() || Annotated.inAnyPart(type)) {
            return Map.of();
        }
        Map<String, Type> properties = new HashMap<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                properties.put(component.getName(), component.getGenericType());
            }
        } else {
            fields(type)
                    .filter(field -> hasGetter(type, field) || isOpen(type, field))
                    .forEach(field -> properties.put(field.getName(), field.getGenericType()));
        }
        return properties;
    }

    private static Stream<Field> fields(Class<?> type) {
        Stream<Field> own = Arrays.stream(type.getDeclaredFields())
                .filter(field -> (field.getModifiers() & NEVER_WRITTEN) == 0)
                .filter(field -> hasPlainName(field.getName()));
        Class<?> parent = type.getSuperclass();
        return parent == null ? own : Stream.concat(fields(parent), own);
    }

    /** Providers do not agree on the property whose getter is {@code getXAxis}. */
    private static boolean hasPlainName(String name) {
        return name.length() == 1 || !Character.isUpperCase(name.charAt(1));
    }

    private static boolean hasGetter(Class<?> type, Field field) {
        String name = field.getName();
        String getter = (field.getType() == boolean.class ? "is" : "get")
                + name.substring(0, 1).toUpperCase(Locale.ROOT)
                + name.substring(1);
        return Arrays.stream(type.getMethods()).anyMatch(method -> isGetter(method, getter, field));
    }

    /** Public, without a method that may be its getter, whoever may call that: a private one hides it. */
    private static boolean isOpen(Class<?> type, Field field) {
        return Modifier.isPublic(field.getModifiers()) && methods(type).noneMatch(method -> isNamedLike(method, field));
    }

    private static Stream<Method> methods(Class<?> type) {
        Stream<Method> own = Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getMethods()));
        Class<?> parent = type.getSuperclass();
        return parent == null ? own : Stream.concat(methods(parent), own);
    }

    /** Whether it is {@code get}, {@code set} or {@code is} with the name of {@code field}. */
    private static boolean isNamedLike(Method method, Field field) {
        String name = method.getName();
        int end = name.length() - field.getName().length();
        return end > 0
                && List.of("get", "set", "is").contains(name.substring(0, end))
                && name.substring(end).equalsIgnoreCase(field.getName());
    }

    private static boolean isGetter(Method method, String name, Field field) {
        return method.getName().equals(name)
                && method.getParameterCount() == 0
                && method.getGenericReturnType().equals(field.getGenericType())
                && !Modifier.isStatic(method.getModifiers());
    }
}
