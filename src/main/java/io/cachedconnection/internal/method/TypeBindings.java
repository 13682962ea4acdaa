package io.cachedconnection.internal.method;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the type variables of a type and of its ancestors stand for: in {@code BookRepository extends
 * BaseRepository<Book, UUID>}, a {@code find(ID)} of the base takes a {@code UUID}.
 */
final class TypeBindings {

    private final Map<TypeVariable<?>, Type> meanings = new HashMap<>();

    private TypeBindings() {}

    static TypeBindings of(Type type) {
        TypeBindings bindings = new TypeBindings();
        bindings.learn(type);
        return bindings;
    }

    /** The class that is left of {@code type} at run time. */
    static Class<?> erased(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return erased(array.getGenericComponentType()).arrayType();
        }
        return erased(bound(type));
    }

    private static Type bound(Type type) {
        return type instanceof TypeVariable<?> variable
                ? variable.getBounds()[0]
                : ((WildcardType) type).getUpperBounds()[0];
    }

    /** {@code type} with every known variable replaced; one that nobody bound stays. */
    Type resolve(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return meanings.getOrDefault(variable, variable);
        }
        if (type instanceof ParameterizedType generic) {
            return new GenericType(erased(generic), generic.getOwnerType(), arguments(generic));
        }
        if (type instanceof GenericArrayType array) {
            return arrayOf(resolve(array.getGenericComponentType()));
        }
        return type;
    }

    /** The class that is left of {@code type} at run time, with every known variable replaced, also where it is a bound. */
    Class<?> erasure(Type type) {
        Type known = resolve(type);
        if (known instanceof TypeVariable<?> variable) {
            return erasure(variable.getBounds()[0]);
        }
        return known instanceof GenericArrayType array
                ? erasure(array.getGenericComponentType()).arrayType()
                : erased(known);
    }

    private Type[] arguments(ParameterizedType generic) {
        return Stream.of(generic.getActualTypeArguments()).map(this::resolve).toArray(Type[]::new);
    }

    private static Type arrayOf(Type element) {
        return element instanceof Class<?> plain ? plain.arrayType() : new GenericArray(element);
    }

    private void learn(@Nullable Type type) {
        if (type == null) {
            return;
        }
        if (type instanceof ParameterizedType generic) {
            bind(generic);
        }
        Class<?> raw = erased(type);
        learn(raw.getGenericSuperclass());
        Stream.of(raw.getGenericInterfaces()).forEach(this::learn);
    }

    private void bind(ParameterizedType generic) {
        TypeVariable<?>[] variables = erased(generic).getTypeParameters();
        Type[] arguments = arguments(generic);
        for (int i = 0; i < variables.length; i++) {
            meanings.put(variables[i], arguments[i]);
        }
    }
}
