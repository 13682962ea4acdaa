package io.cachedconnection.internal.method;

import io.cachedconnection.internal.types.TypeBindings;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a method returns, and what of it is kept.
 *
 * @param kept the type that is kept: without its {@code Optional}, a primitive boxed
 * @param isOptional whether the method returns it in an {@code Optional}
 * @param isPrimitive whether the method cannot return null
 */
record ReturnedValue(Type kept, boolean isOptional, boolean isPrimitive) {

    @Nullable Object unwrap(@Nullable Object result) {
        return isOptional && result != null ? ((Optional<?>) result).orElse(null) : result;
    }

    @Nullable Object wrap(@Nullable Object value) {
        return isOptional ? Optional.ofNullable(value) : value;
    }

    boolean accepts(@Nullable Object value) {
        return value == null ? !isPrimitive : TypeBindings.erased(kept).isInstance(value);
    }
}
