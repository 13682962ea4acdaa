package io.cachedconnection.internal.types;

import io.cachedconnection.internal.profile.CacheProfiles;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A type without variables and wildcards: a wildcard is replaced by its bound, a variable by its argument.
 *
 * @param type its class, which is not an array
 * @param arguments its type arguments; none if they would be nested too deep, as in infinite generics
 * @param dimensions the number of array dimensions
 * @param lowest whether it is only the lower bound of a wildcard
 */
public record ResolvedType(Class<?> type, List<ResolvedType> arguments, int dimensions, boolean lowest) {

    private static final int MAX_DEPTH = 8;

    /** Resolves {@code type} with these variables; unknown variables become their bounds. */
    public static ResolvedType of(Type type, Map<TypeVariable<?>, ResolvedType> variables) {
        if (type instanceof Class<?> plain) {
            return plain.isArray() ? of(plain.getComponentType(), variables).array() : plain(plain, List.of());
        }
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic, variables);
        }
        if (type instanceof GenericArrayType array) {
            return of(array.getGenericComponentType(), variables).array();
        }
        if (type instanceof WildcardType wildcard) {
            return ofWildcard(wildcard, variables);
        }
        return type instanceof TypeVariable<?> variable
                ? ofVariable(variable, variables)
                : plain(Object.class, List.of());
    }

    private static ResolvedType ofWildcard(WildcardType wildcard, Map<TypeVariable<?>, ResolvedType> variables) {
        Type[] lower = wildcard.getLowerBounds();
        return lower.length == 0
                ? of(wildcard.getUpperBounds()[0], variables)
                : of(lower[0], variables).asLowest();
    }

    /** Resolves a variable. A variable inside its own bound becomes the class of the bound. */
    private static ResolvedType ofVariable(TypeVariable<?> variable, Map<TypeVariable<?>, ResolvedType> variables) {
        ResolvedType known = variables.get(variable);
        if (known != null) {
            return known;
        }
        Map<TypeVariable<?>, ResolvedType> inside = new HashMap<>(variables);
        inside.put(variable, plain(erased(variable), List.of()));
        return of(variable.getBounds()[0], inside);
    }

    private static ResolvedType ofGeneric(ParameterizedType type, Map<TypeVariable<?>, ResolvedType> variables) {
        Class<?> raw = (Class<?>) type.getRawType();
        List<ResolvedType> arguments = new ArrayList<>();
        for (Type argument : type.getActualTypeArguments()) {
            arguments.add(
                    isUnbounded(argument)
                            ? ofVariable(raw.getTypeParameters()[arguments.size()], Map.of())
                            : of(argument, variables));
        }
        boolean tooDeep = arguments.stream().anyMatch(argument -> argument.depth() >= MAX_DEPTH);
        return plain(raw, tooDeep ? List.of() : List.copyOf(arguments));
    }

    private static boolean isUnbounded(Type type) {
        return type instanceof WildcardType wildcard
                && wildcard.getLowerBounds().length == 0
                && wildcard.getUpperBounds()[0] == Object.class;
    }

    private static ResolvedType plain(Class<?> type, List<ResolvedType> arguments) {
        return new ResolvedType(type, arguments, 0, false);
    }

    /** Returns the class of the first bound. */
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
        return new ResolvedType(type, arguments, dimensions + 1, lowest);
    }

    private ResolvedType asLowest() {
        return new ResolvedType(type, arguments, dimensions, true);
    }

    private int depth() {
        return 1 + arguments.stream().mapToInt(ResolvedType::depth).max().orElse(0);
    }

    /** Returns the arguments of its class by variable. */
    public Map<TypeVariable<?>, ResolvedType> variables() {
        Map<TypeVariable<?>, ResolvedType> variables = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            variables.put(type.getTypeParameters()[i], arguments.get(i));
        }
        return variables;
    }

    /** Whether its class belongs to the application or one of its libraries. */
    public boolean isOfApplication() {
        return !type.isPrimitive() && !ClassDescription.isOfPlatform(type) && !CacheProfiles.prescribe(type);
    }

    /** Returns its supertypes of the class {@code wanted}, including itself, without raw ones. */
    public Stream<ResolvedType> supertypes(Class<?> wanted) {
        if (type == wanted) {
            return Stream.of(this).filter(found -> !found.arguments().isEmpty());
        }
        return Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .map(parent -> of(parent, variables()))
                .flatMap(parent -> parent.supertypes(wanted))
                .distinct();
    }

    /** Returns the class of its values. */
    public Class<?> erasure() {
        Class<?> erasure = type;
        for (int i = 0; i < dimensions; i++) {
            erasure = erasure.arrayType();
        }
        return erasure;
    }

    /** Returns the innermost element type of an array; the type itself if it is no array. */
    public ResolvedType element() {
        return plain(type, arguments);
    }

    /** Returns its name in the text of fingerprints. */
    @Override
    public String toString() {
        String prescribed = CacheProfiles.word(type); // a version, not its fields, describes its format
        String name = prescribed == null ? type.getName() : prescribed;
        String inner = arguments.isEmpty()
                ? ""
                : arguments.stream().map(ResolvedType::toString).collect(Collectors.joining(",", "<", ">"));
        return (lowest ? "? super " : "") + name + inner + "[]".repeat(dimensions);
    }
}
