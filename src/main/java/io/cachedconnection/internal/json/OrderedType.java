package io.cachedconnection.internal.json;

import io.cachedconnection.internal.types.TypeBindings;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The type that is asked of JSON-B, whose maps and sets would come back in any order: in their place the types of those that
 * keep the order of the JSON.
 */
final class OrderedType {

    private OrderedType() {}

    /** {@code type}, with {@code LinkedHashMap} and {@code LinkedHashSet} for maps and sets, as far as only the JDK's classes are around them. */
    static Type of(Type type) {
        if (type instanceof Class<?> plain) {
            return implementation(plain);
        }
        if (!(type instanceof ParameterizedType generic)
                || !((Class<?>) generic.getRawType()).getName().startsWith("java.util.")) {
            return type;
        }
        Type[] given = generic.getActualTypeArguments();
        Type[] arguments = Arrays.stream(given).map(OrderedType::of).toArray(Type[]::new);
        Class<?> implementation = implementation((Class<?>) generic.getRawType());
        return implementation == generic.getRawType() && Arrays.equals(arguments, given)
                ? type
                : TypeBindings.parameterized(implementation, generic.getOwnerType(), arguments);
    }

    private static Class<?> implementation(Class<?> type) {
        return type == Map.class ? LinkedHashMap.class : type == Set.class ? LinkedHashSet.class : type;
    }
}
