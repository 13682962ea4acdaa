package io.cachedconnection.internal.json;

import io.cachedconnection.internal.types.Property;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Finds types that some JSON-B providers misread without an error (see {@link Probe}): they contain an {@code Optional}, or a
 * property whose type mentions a type variable.
 */
final class UnsupportedTypes {

    private static final Set<Class<?>> OPTIONAL =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private UnsupportedTypes() {}

    static boolean contains(Type type) {
        try {
            return !OPTIONAL.contains(type)
                    && ReachableTypes.of(type).stream()
                            .anyMatch(part -> OPTIONAL.contains(part.type().type())
                                    || part.properties().stream()
                                            .map(Property::type)
                                            .anyMatch(UnsupportedTypes::mentionsVariable));
        } catch (LinkageError | TypeNotPresentException e) {
            return true; // a part of the type is missing
        }
    }

    private static boolean mentionsVariable(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).anyMatch(UnsupportedTypes::mentionsVariable);
        }
        if (type instanceof GenericArrayType array) {
            return mentionsVariable(array.getGenericComponentType());
        }
        return type instanceof TypeVariable<?>
                || (type instanceof WildcardType wildcard && mentionsVariable(wildcard.getUpperBounds()[0]));
    }

    /**
     * A value that some JSON-B providers misread without an error, to test a provider: an empty {@code Optional} component
     * becomes null, and elements whose type is a variable become maps and strings. Callers would get the wrong value. Public,
     * because JSON-B providers require it.
     *
     * @param elements elements whose type is the variable
     * @param nothing an empty Optional
     */
    public record Probe<T>(List<T> elements, Optional<String> nothing) {

        private static final UUID ID = new UUID(1, 2);
        private static final String TEXT = "{\"elements\":[\"" + ID + "\"],\"nothing\":null}";

        static boolean isReadBy(Jsonb provider) {
            Type type = OfIds.class.getRecordComponents()[0].getGenericType();
            try {
                return new Probe<>(List.of(ID), Optional.empty()).equals(provider.fromJson(TEXT, type));
            } catch (RuntimeException | LinkageError e) {
                return false; // the provider cannot read it at all
            }
        }

        /** A declaration with the generic type. */
        private record OfIds(Probe<UUID> probe) {}
    }
}
