package io.cachedconnection.internal.cdi;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictConnections;
import io.cachedconnection.PutConnection;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;

/** The annotations of this library, looked for at deployment on classes that may be out of sight. */
final class Marks {

    private Marks() {}

    /** Whether the class, or a method that it declares or inherits, has one. */
    static boolean isMarked(ClassInfo type) {
        return type.hasAnnotation(CachedConnection.class)
                || type.methods().stream().anyMatch(Marks::isMarked);
    }

    private static boolean isMarked(MethodInfo method) {
        return method.hasAnnotation(CachedConnection.class)
                || method.hasAnnotation(EvictConnection.class)
                || method.hasAnnotation(EvictConnections.class)
                || method.hasAnnotation(PutConnection.class);
    }
}
