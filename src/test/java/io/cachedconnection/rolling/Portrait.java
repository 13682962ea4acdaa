package io.cachedconnection.rolling;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a value looks like, field by field, with the classes of all that is in it. */
final class Portrait {

    private final ClassLoader home;

    /** Portraits of values whose own classes are those of {@code home}. */
    Portrait(ClassLoader home) {
        this.home = home;
    }

    String of(Object value) {
        if (value instanceof Optional<?> optional) {
            return "optional " + of(optional.orElse(null));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> of(entry.getKey()) + "=" + of(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Collection<?> collection) {
            Stream<String> elements = collection.stream().map(this::of);
            return collection instanceof Set
                    ? elements.sorted().collect(Collectors.joining(",", "set(", ")"))
                    : elements.collect(Collectors.joining(",", "[", "]"));
        }
        boolean ofJdk = value == null || value.getClass().getName().startsWith("java.");
        return ofJdk ? (value == null ? "null" : value.getClass().getSimpleName() + " " + value) : ofApplication(value);
    }

    private String ofApplication(Object value) {
        String name = value.getClass().getName();
        if (value.getClass().getClassLoader() != home) {
            return name + " of somebody else";
        }
        return value instanceof Enum<?> constant
                ? name + "." + constant.name()
                : name
                        + fields(value.getClass())
                                .map(field -> field.getName() + ":" + of(content(field, value)))
                                .collect(Collectors.joining(",", "(", ")"));
    }

    private static Stream<Field> fields(Class<?> type) {
        Stream<Field> own =
                Arrays.stream(type.getDeclaredFields()).filter(field -> !Modifier.isStatic(field.getModifiers()));
        return type == Object.class ? Stream.empty() : Stream.concat(fields(type.getSuperclass()), own);
    }

    private static Object content(Field field, Object value) {
        try {
            field.setAccessible(true);
            return field.get(value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
