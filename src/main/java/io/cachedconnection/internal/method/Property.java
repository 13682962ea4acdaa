package io.cachedconnection.internal.method;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.lang.reflect.UndeclaredThrowableException;
import org.jspecify.annotations.Nullable;

/**
 * A record component, getter or public field.
 *
 * @param handle reads it: takes an object and returns an object
 * @param type its declared type, type variables resolved
 */
record Property(MethodHandle handle, Type type) {

    /** Its value; what a getter throws reaches the caller, a checked exception wrapped as a proxy would wrap it. */
    @Nullable Object of(Object owner) {
        try {
            return (Object) handle.invokeExact(owner);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }
}
