package io.cachedconnection.internal.method;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** An array whose elements have type arguments. Equal to the one that reflection gives for the same text. */
record GenericArray(Type element) implements GenericArrayType {

    @Override
    public Type getGenericComponentType() {
        return element;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GenericArrayType that && element.equals(that.getGenericComponentType());
    }

    /** The same as the JDK's own implementation gives, since the two are equal. */
    @Override
    public int hashCode() {
        return element.hashCode();
    }

    @Override
    public String toString() {
        return element.getTypeName() + "[]";
    }
}
