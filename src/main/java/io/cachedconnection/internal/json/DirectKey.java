package io.cachedconnection.internal.json;

import io.cachedconnection.internal.core.UnreadableValueException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of a map are names in JSON, of those types whose names all providers of JSON-B write alike.
 *
 * @param type the class of the keys
 * @param text what a key is written as
 * @param parsed the key of a name, or a {@link RuntimeException}
 */
record DirectKey(Class<?> type, Function<Object, String> text, Function<String, @Nullable Object> parsed) {

    private static final int UUID_LENGTH = 36;

    /** For keys of {@code type}; null if they may be written in several ways. */
    static @Nullable DirectKey orNull(Class<?> type) {
        if (type == String.class) {
            return new DirectKey(type, String.class::cast, name -> name);
        }
        if (type == Integer.class) {
            return new DirectKey(type, Object::toString, Integer::valueOf);
        }
        if (type == Long.class) {
            return new DirectKey(type, Object::toString, Long::valueOf);
        }
        if (type == UUID.class) {
            return new DirectKey(
                    type, Object::toString, name -> name.length() == UUID_LENGTH ? UUID.fromString(name) : null);
        }
        if (type.isEnum() && Stream.of(type.getEnumConstants()).allMatch(DirectKey::isToldByName)) {
            Map<String, Object> byName = Stream.of(type.getEnumConstants())
                    .collect(Collectors.toMap(constant -> ((Enum<?>) constant).name(), constant -> constant));
            return new DirectKey(type, constant -> ((Enum<?>) constant).name(), byName::get);
        }
        return null;
    }

    private static boolean isToldByName(Object constant) {
        return constant.toString().equals(((Enum<?>) constant).name());
    }

    String written(@Nullable Object key) {
        Class<?> found =
                key instanceof Enum<?> constant ? constant.getDeclaringClass() : key == null ? null : key.getClass();
        if (key == null || found != type || (key instanceof Enum<?> && !isToldByName(key))) {
            throw DirectWriter.notDirect();
        }
        return text.apply(key);
    }

    /** The key that has been written so, and no other way. */
    Object read(String name) throws UnreadableValueException {
        Object key = parsed.apply(name);
        if (key == null || !text.apply(key).equals(name)) {
            throw DirectReader.otherShape();
        }
        return key;
    }
}
