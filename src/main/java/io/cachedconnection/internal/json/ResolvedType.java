package io.cachedconnection.internal.json;

import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A type that leaves nothing open: a wildcard is its bound, a variable is what it stands for.
 *
 * @param type its class, which is no array
 * @param arguments its type arguments; none where they would be nested too deep, as in generics that grow without end
 * @param dimensions how many times it is an array of that
 */
record ResolvedType(Class<?> type, List<ResolvedType> arguments, int dimensions) {

    private static final int MAX_DEPTH = 8;

    // Their wire format says what they look like, not their fields; it has a version of its own.
    private static final Map<Class<?>, String> WORDS = Map.of(
            ProviderConnection.class, "provider-connection/1",
            ProviderCredentials.class, "provider-credentials/1");

    static ResolvedType of(Type type, Map<TypeVariable<?>, ResolvedType> variables) {
        if (type instanceof Class<?> plain) {
            return plain.isArray()
                    ? of(plain.getComponentType(), variables).array()
                    : new ResolvedType(plain, List.of(), 0);
        }
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic, variables);
        }
        if (type instanceof GenericArrayType array) {
            return of(array.getGenericComponentType(), variables).array();
        }
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0], variables);
        }
        ResolvedType known = type instanceof TypeVariable<?> variable ? variables.get(variable) : null;
        return known == null ? new ResolvedType(erased(type), List.of(), 0) : known;
    }

    private static ResolvedType ofGeneric(ParameterizedType type, Map<TypeVariable<?>, ResolvedType> variables) {
        List<ResolvedType> arguments = Arrays.stream(type.getActualTypeArguments())
                .map(argument -> of(argument, variables))
                .toList();
        boolean tooDeep = arguments.stream().anyMatch(argument -> argument.depth() >= MAX_DEPTH);
        return new ResolvedType((Class<?>) type.getRawType(), tooDeep ? List.of() : arguments, 0);
    }

    /** The class of the first bound, and of no more than that: a bound may hold its variable. */
    private static Class<?> erased(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return erased(variable.getBounds()[0]);
        }
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        return type instanceof Class<?> plain ? plain : Object.class;
    }

    private ResolvedType array() {
        return new ResolvedType(type, arguments, dimensions + 1);
    }

    private int depth() {
        return 1 + arguments.stream().mapToInt(ResolvedType::depth).max().orElse(0);
    }

    /** What the variables of its class stand for. */
    Map<TypeVariable<?>, ResolvedType> variables() {
        Map<TypeVariable<?>, ResolvedType> variables = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            variables.put(type.getTypeParameters()[i], arguments.get(i));
        }
        return variables;
    }

    /** Whether its class is one of the application, or of a library that it brings. */
    boolean isOfApplication() {
        return !type.isPrimitive() && !isOfPlatform(type) && !WORDS.containsKey(type);
    }

    static boolean isOfPlatform(Class<?> type) {
        String name = type.getName();
        return name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("jakarta.");
    }

    ResolvedType element() {
        return new ResolvedType(type, arguments, 0);
    }

    /** Its name in the text of which the fingerprint is made. */
    @Override
    public String toString() {
        String name = WORDS.getOrDefault(type, type.getName());
        String inner = arguments.isEmpty()
                ? ""
                : arguments.stream().map(ResolvedType::toString).collect(Collectors.joining(",", "<", ">"));
        return name + inner + "[]".repeat(dimensions);
    }
}
