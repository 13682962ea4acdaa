package io.cachedconnection.internal.cdi;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictConnections;
import io.cachedconnection.PutConnection;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.AnnotationTarget;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import java.util.HashSet;
import java.util.Set;

/** The annotations of this library, looked for at deployment on classes that may be out of sight. */
final class Marks {

    private static final Set<String> OURS = Set.of(
            CachedConnection.class.getName(),
            EvictConnection.class.getName(),
            EvictConnections.class.getName(),
            PutConnection.class.getName());

    private final Set<String> seen = new HashSet<>(); // annotations may annotate themselves

    private Marks() {}

    /** Whether the class, or a method that it declares or inherits, has one, directly or by way of another annotation. */
    static boolean isMarked(ClassInfo type) {
        Marks marks = new Marks();
        return marks.leadFrom(type) || type.methods().stream().anyMatch(marks::leadFrom);
    }

    private boolean leadFrom(AnnotationTarget target) {
        return target.annotations().stream().anyMatch(this::leadFrom);
    }

    private boolean leadFrom(AnnotationInfo annotation) {
        return OURS.contains(annotation.name()) || (seen.add(annotation.name()) && leadFrom(annotation.declaration()));
    }
}
