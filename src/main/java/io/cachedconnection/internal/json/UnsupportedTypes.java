package io.cachedconnection.internal.json;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The types with something in them that some providers of JSON-B read wrong without a word (see {@link Probe}): an
 * {@code Optional}, or a member whose type is a variable. One instance is for one question.
 */
final class UnsupportedTypes {

    private static final int NEVER_WRITTEN = Modifier.STATIC | Modifier.TRANSIENT;
    private static final Set<Class<?>> OPTIONAL =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private final Set<Class<?>> seen = new HashSet<>(); // one that holds itself is met again

    private UnsupportedTypes() {}

    static boolean contains(Type type) {
        try {
            return !OPTIONAL.contains(type) && new UnsupportedTypes().has(type);
        } catch (LinkageError | TypeNotPresentException e) {
            return true; // a part of it is not there to be looked at
        }
    }

    private boolean has(Type type) {
        if (type instanceof Class<?> plain) {
            return plain.isArray() ? has(plain.getComponentType()) : hasClass(plain);
        }
        if (type instanceof ParameterizedType generic) {
            return hasClass((Class<?>) generic.getRawType()) || hasAny(generic.getActualTypeArguments());
        }
        if (type instanceof GenericArrayType array) {
            return has(array.getGenericComponentType());
        }
        return type instanceof TypeVariable<?> || (type instanceof WildcardType w && hasAny(w.getUpperBounds()));
    }

    private boolean hasAny(Type... types) {
        return Arrays.stream(types).anyMatch(this::has);
    }

    private boolean hasClass(Class<?> type) {
        if (OPTIONAL.contains(type)) {
            return true;
        }
        boolean ofJdk = type.isPrimitive() || type.isEnum() || type.getName().startsWith("java.");
        return !ofJdk
                && seen.add(type)
                && fields(type).map(Field::getGenericType).anyMatch(this::has);
    }

    private static Stream<Field> fields(Class<?> type) {
        Stream<Field> own =
                Arrays.stream(type.getDeclaredFields()).filter(field -> (field.getModifiers() & NEVER_WRITTEN) == 0);
        Class<?> parent = type.getSuperclass();
        return parent == null ? own : Stream.concat(fields(parent), own);
    }
}
