package io.cachedconnection.internal.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A generic type as it is asked of JSON-B, whose maps and sets would come back in any order: in its place the type of one
 * that keeps the order of the JSON.
 *
 * @param getRawType its class
 * @param arguments its arguments
 * @param getOwnerType the class around it
 */
record OrderedType(
        Type getRawType, List<Type> arguments, @Nullable Type getOwnerType) implements ParameterizedType {

    /** {@code type}, with {@code LinkedHashMap} and {@code LinkedHashSet} for maps and sets, as far as only the JDK's classes are around them. */
    static Type of(Type type) {
        if (type instanceof Class<?> plain) {
            return implementation(plain);
        }
        if (!(type instanceof ParameterizedType generic)
                || !((Class<?>) generic.getRawType()).getName().startsWith("java.util.")) {
            return type;
        }
        List<Type> given = List.of(generic.getActualTypeArguments());
        List<Type> arguments = given.stream().map(OrderedType::of).toList();
        Class<?> implementation = implementation((Class<?>) generic.getRawType());
        return implementation == generic.getRawType() && arguments.equals(given)
                ? type
                : new OrderedType(implementation, arguments, generic.getOwnerType());
    }

    private static Class<?> implementation(Class<?> type) {
        return type == Map.class ? LinkedHashMap.class : type == Set.class ? LinkedHashSet.class : type;
    }

    @Override
    public Type[] getActualTypeArguments() {
        return arguments.toArray(Type[]::new);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParameterizedType that
                && getRawType.equals(that.getRawType())
                && arguments.equals(List.of(that.getActualTypeArguments()));
    }

    @Override
    public int hashCode() {
        return arguments.hashCode() ^ getRawType.hashCode();
    }

    @Override
    public String toString() {
        return getTypeName();
    }

    @Override
    public String getTypeName() {
        StringBuilder name = new StringBuilder(getRawType.getTypeName());
        String separator = "<";
        for (Type argument : arguments) {
            name.append(separator).append(argument.getTypeName());
            separator = ", ";
        }
        return name.append('>').toString();
    }
}
