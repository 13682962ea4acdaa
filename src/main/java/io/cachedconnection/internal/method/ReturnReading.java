package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.types.TypeBindings;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the return type of a method. Reports types that cannot be cached. */
final class ReturnReading {

    private final Problems problems;

    ReturnReading(Problems problems) {
        this.problems = problems;
    }

    static boolean isVoid(Type type) {
        return type == void.class || type == Void.class;
    }

    /** Reads {@code type}, in which all type variables are resolved. */
    ReturnedValue read(Type type) {
        boolean isOptional = TypeBindings.erased(type) == Optional.class && type instanceof ParameterizedType;
        Type kept = isOptional ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
        if (isOptional && TypeBindings.erased(kept) == Optional.class) {
            problems.add(MethodMessage.OPTIONAL_OF_OPTIONAL);
        }
        if (isVoid(kept)) {
            problems.add(MethodMessage.RETURNS_VOID);
        } else if (!isKnown(kept)) {
            problems.add(MethodMessage.RETURNS_UNKNOWN, kept.getTypeName());
        }
        check(kept);
        boolean isPrimitive = kept instanceof Class<?> plain && plain.isPrimitive();
        return new ReturnedValue(isPrimitive ? SimpleFormats.boxed((Class<?>) kept) : kept, isOptional, isPrimitive);
    }

    /** Checks the type, its type arguments and its elements: a list of streams is no better than a stream. */
    private void check(Type type) {
        if (LaterTypes.isLater(type)) {
            problems.add(MethodMessage.RETURNS_LATER, type.getTypeName());
        }
        if (LaterTypes.isOnce(type)) {
            problems.add(MethodMessage.RETURNS_ONCE, type.getTypeName());
        }
        inside(type).forEach(this::check);
    }

    private static boolean isKnown(Type type) {
        if (type instanceof Class<?> plain) {
            return plain != Object.class && innermost(plain).getTypeParameters().length == 0;
        }
        boolean hasParts = type instanceof ParameterizedType || type instanceof GenericArrayType;
        return hasParts && inside(type).allMatch(ReturnReading::isKnown);
    }

    private static Class<?> innermost(Class<?> type) {
        return type.isArray() ? innermost(type.getComponentType()) : type;
    }

    private static Stream<Type> inside(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Stream.of(generic.getActualTypeArguments());
        }
        if (type instanceof GenericArrayType array) {
            return Stream.of(array.getGenericComponentType());
        }
        return type instanceof Class<?> plain && plain.isArray() ? Stream.of(plain.getComponentType()) : Stream.of();
    }

    /**
     * The return type of a method and the type of its cached values.
     *
     * @param kept the type of the cached values: without {@code Optional}, boxed
     * @param isOptional whether the method returns it in an {@code Optional}
     * @param isPrimitive whether the method cannot return null
     */
    record ReturnedValue(Type kept, boolean isOptional, boolean isPrimitive) {

        @Nullable Object unwrap(@Nullable Object result) {
            return isOptional && result != null ? ((Optional<?>) result).orElse(null) : result;
        }

        @Nullable Object wrap(@Nullable Object value) {
            return isOptional ? Optional.ofNullable(value) : value;
        }

        boolean accepts(@Nullable Object value) {
            return value == null ? !isPrimitive : TypeBindings.erased(kept).isInstance(value);
        }
    }
}
