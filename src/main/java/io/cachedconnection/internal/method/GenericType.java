package io.cachedconnection.internal.method;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A class with its type arguments. Equal to the one that reflection gives for the same text. */
final class GenericType implements ParameterizedType {

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
    @SuppressWarnings("NullAway") // reflection says null for a top-level class, without an annotation
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

    /** The same as the JDK's own implementation gives, since the two are equal. */
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
