package io.cachedconnection.internal.types;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the type variables of a type and of its ancestors: in {@code BookRepository extends BaseRepository<Book, UUID>}, a
 * {@code find(ID)} of the base takes a {@code UUID}.
 */
public final class TypeBindings {

    private final Map<TypeVariable<?>, Type> meanings = new HashMap<>();

    private TypeBindings() {}

    /** Collects the variables of {@code type} and of all its supertypes. */
    public static TypeBindings of(Type type) {
        TypeBindings bindings = new TypeBindings();
        bindings.learn(type);
        return bindings;
    }

    /** Returns the erasure of {@code type}. */
    public static Class<?> erased(Type type) {
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

    /** Replaces every known variable in {@code type}; unknown ones stay. */
    public Type resolve(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return meanings.getOrDefault(variable, variable);
        }
        if (type instanceof ParameterizedType generic) {
            return parameterized(erased(generic), generic.getOwnerType(), arguments(generic));
        }
        if (type instanceof GenericArrayType array) {
            return arrayOf(resolve(array.getGenericComponentType()));
        }
        return type;
    }

    /** Returns the erasure of {@code type} after every known variable is replaced, also in bounds. */
    public Class<?> erasure(Type type) {
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

    /** Returns {@code raw} with type arguments, equal to the type that reflection gives for a declaration. */
    public static ParameterizedType parameterized(Class<?> raw, @Nullable Type owner, Type... arguments) {
        return new GenericType(raw, owner, arguments);
    }

    /** A class with type arguments, equal to the type that reflection gives for the same declaration. */
    private static final class GenericType implements ParameterizedType {

        private final Class<?> raw;
        private final @Nullable Type owner;
        private final Type[] arguments;

        GenericType(Class<?> raw, @Nullable Type owner, Type... arguments) {
            this.raw = raw;
            this.owner = owner;
            this.arguments = arguments.clone();
        }

        @Override
        public Class<?> getRawType() {
            return raw;
        }

        @Override
        @SuppressWarnings("NullAway") // reflection returns null for a top-level class, without an annotation
        public @Nullable Type getOwnerType() {
            return owner;
        }

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ParameterizedType that
                    && raw.equals(that.getRawType())
                    && Objects.equals(owner, that.getOwnerType())
                    && Arrays.equals(arguments, that.getActualTypeArguments());
        }

        /** Computes the hash of the JDK's implementation, to which it is equal. */
        @Override
        public int hashCode() {
            return Arrays.hashCode(arguments) ^ Objects.hashCode(owner) ^ raw.hashCode();
        }

        @Override
        public String toString() {
            return raw.getTypeName()
                    + Stream.of(arguments).map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
        }
    }

    /** An array whose elements have type arguments, equal to the type that reflection gives for the same declaration. */
    private record GenericArray(Type element) implements GenericArrayType {

        @Override
        public Type getGenericComponentType() {
            return element;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof GenericArrayType that && element.equals(that.getGenericComponentType());
        }

        /** Computes the hash of the JDK's implementation, to which it is equal. */
        @Override
        public int hashCode() {
            return element.hashCode();
        }

        @Override
        public String toString() {
            return element.getTypeName() + "[]";
        }
    }
}
