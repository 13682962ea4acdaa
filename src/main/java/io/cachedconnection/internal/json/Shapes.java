package io.cachedconnection.internal.json;

import io.cachedconnection.internal.profile.CacheProfiles;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds shapes and remembers those of the type in progress, which may contain itself. Confined to one thread. */
final class Shapes {

    // A type may contain itself with ever larger arguments, such as class Node<T> { Node<List<T>> next; }.
    private static final int MAX_INSIDE_ITSELF = 4;
    private static final int MAX_OBJECTS = 2_000;

    private static final Set<Class<?>> LARGE_NUMBERS = Set.of(Number.class, BigDecimal.class, BigInteger.class);

    private final Map<ShapeKey, JsonShape.ObjectShape> objects = new HashMap<>();
    private final List<Class<?>> under = new ArrayList<>(); // the classes on the current path
    private final JsonShape anything;

    private Shapes(JsonShape anything) {
        this.anything = anything;
    }

    /** Returns the shape of {@code type}. */
    static JsonShape of(Type type) {
        return new Shapes(further(type)).of(type, Map.of());
    }

    /** Returns the shape of unknown members in the JSON of {@code type}. */
    static JsonShape further(Type type) {
        return holdsLargeNumbers(type) ? JsonShape.AnyShape.WITH_NUMBERS : JsonShape.AnyShape.ANYTHING;
    }

    /** Tells whether a member whose type only JSON-B knows may be a large number. */
    private static boolean holdsLargeNumbers(Type type) {
        try {
            return ReachableTypes.of(type).stream()
                    .map(part -> part.type().type())
                    .anyMatch(LARGE_NUMBERS::contains);
        } catch (LinkageError | TypeNotPresentException e) {
            return true; // a part of the type is missing
        }
    }

    private JsonShape of(Type type, Map<TypeVariable<?>, JsonShape> variables) {
        if (type instanceof Class<?> plain) {
            return ofClass(plain, variables, List.of());
        }
        if (type instanceof ParameterizedType generic) {
            return ofClass((Class<?>) generic.getRawType(), variables, arguments(generic, variables));
        }
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0], variables);
        }
        if (type instanceof GenericArrayType array) {
            return new JsonShape.ArrayShape(Object[].class, of(array.getGenericComponentType(), variables));
        }
        return type instanceof TypeVariable<?> variable ? variables.getOrDefault(variable, anything) : anything;
    }

    private JsonShape ofClass(Class<?> type, Map<TypeVariable<?>, JsonShape> outer, List<JsonShape> arguments) {
        JsonShape scalar = ScalarShape.orNull(type);
        if (scalar != null) {
            return scalar;
        }
        if (type.isArray()) {
            return new JsonShape.ArrayShape(type, of(type.getComponentType(), outer));
        }
        return isOfJdk(type) ? ofJdk(type, arguments) : ofApplication(type, arguments);
    }

    private JsonShape ofJdk(Class<?> type, List<JsonShape> arguments) {
        if (type == Optional.class && arguments.size() == 1) {
            return new JsonShape.OptionalShape(arguments.get(0));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return new JsonShape.ArrayShape(type, arguments.size() == 1 ? arguments.get(0) : anything);
        }
        if (Map.class.isAssignableFrom(type) && arguments.size() == 2) {
            return new JsonShape.MapShape(type, arguments.get(0), arguments.get(1));
        }
        return new JsonShape.AnyShape(type);
    }

    private JsonShape ofApplication(Class<?> type, List<JsonShape> arguments) {
        if (CacheProfiles.prescribe(type)) {
            return new JsonShape.ObjectShape(type, Map.of(), JsonShape.AnyShape.ANYTHING);
        }
        return JsonbAnnotations.converted(type) || isJdkAtHeart(type)
                ? new JsonShape.AnyShape(type)
                : ofProperties(type, arguments);
    }

    private JsonShape ofProperties(Class<?> type, List<JsonShape> arguments) {
        ShapeKey key = new ShapeKey(type, arguments);
        JsonShape.ObjectShape known = objects.get(key);
        if (known != null) {
            return known;
        }
        if (objects.size() == MAX_OBJECTS || Collections.frequency(under, type) == MAX_INSIDE_ITSELF) {
            return anything;
        }
        under.add(type);
        Map<String, JsonShape> properties = new HashMap<>();
        JsonShape.ObjectShape shape = new JsonShape.ObjectShape(type, properties, anything);
        objects.put(key, shape);
        Map<TypeVariable<?>, JsonShape> variables = variables(type, arguments);
        JsonbAnnotations.sureProperties(type)
                .forEach((name, property) -> properties.put(name, of(property, variables)));
        under.remove(under.size() - 1);
        return shape;
    }

    private static Map<TypeVariable<?>, JsonShape> variables(Class<?> type, List<JsonShape> arguments) {
        Map<TypeVariable<?>, JsonShape> variables = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            variables.put(type.getTypeParameters()[i], arguments.get(i));
        }
        return variables;
    }

    private List<JsonShape> arguments(ParameterizedType type, Map<TypeVariable<?>, JsonShape> variables) {
        return Arrays.stream(type.getActualTypeArguments())
                .map(argument -> of(argument, variables))
                .toList();
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getName().startsWith("java.");
    }

    /** A subclass of a JDK collection, number or similar class: its JSON depends on that class. */
    private static boolean isJdkAtHeart(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        boolean extendsJdk = parent != null && parent != Object.class && parent != Record.class && isOfJdk(parent);
        return extendsJdk
                || type.getName().startsWith("jakarta.")
                || Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || (parent != null && !isOfJdk(parent) && isJdkAtHeart(parent));
    }

    /** A class with the shapes of its type arguments. */
    private record ShapeKey(Class<?> type, List<JsonShape> arguments) {}
}
