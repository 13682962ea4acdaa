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
 * The types that some providers of JSON-B read wrong without an error (see {@link Probe}): they hold an {@code Optional}, or
 * a property whose type mentions a variable.
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
            return true; // a part of it is not there to be looked at
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
     * What not every provider of JSON-B reads right, to find out whether one does: a component that is an empty
     * {@code Optional} becomes null with some, and elements whose type is a variable become maps and texts. Neither makes them
     * fail, so whoever gets the value would. Public because JSON-B providers ask for it.
     *
     * @param elements of the type of the variable
     * @param nothing an empty one
     */
    public record Probe<T>(List<T> elements, Optional<String> nothing) {

        private static final UUID ID = new UUID(1, 2);
        private static final String TEXT = "{\"elements\":[\"" + ID + "\"],\"nothing\":null}";

        static boolean isReadBy(Jsonb provider) {
            Type type = OfIds.class.getRecordComponents()[0].getGenericType();
            try {
                return new Probe<>(List.of(ID), Optional.empty()).equals(provider.fromJson(TEXT, type));
            } catch (RuntimeException | LinkageError e) {
                return false; // it does not read it at all
            }
        }

        /** A declaration that has the type. */
        private record OfIds(Probe<UUID> probe) {}
    }
}
