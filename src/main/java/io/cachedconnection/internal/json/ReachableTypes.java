package io.cachedconnection.internal.json;

import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.Property;
import io.cachedconnection.internal.types.ResolvedType;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds all types that the JSON of a value may contain, as far as declarations tell. Use one instance for one type. */
final class ReachableTypes {

    private static final int MOST = 1_000; // recursive generics may expand without end

    private final Queue<Reached> pending = new ArrayDeque<>();
    private final Set<ResolvedType> met = new HashSet<>();
    private final List<Reached> found = new ArrayList<>();

    private ReachableTypes() {}

    /**
     * A type that the JSON of a value may contain, or the value's own type.
     *
     * @param where the property with the type, such as {@code Book.author}
     * @param type the type
     * @param property the property; null for a type argument, a subtype and the value's own type
     */
    record Reached(
            String where, ResolvedType type, @Nullable Property property) {

        /** Tells whether its properties count; not for a class with a converter, whose JSON is unknown. */
        boolean hasProperties() {
            Class<?> itself = type.type();
            return type.isOfApplication() && !itself.isEnum() && !JsonbAnnotations.converted(itself);
        }

        List<Property> properties() {
            return hasProperties() ? description().properties() : List.of();
        }

        ClassDescription description() {
            return new ClassDescription(type.type());
        }
    }

    /** Returns the types in {@code type}, starting with itself. */
    static List<Reached> of(Type type) {
        return new ReachableTypes().reachableFrom(ResolvedType.of(type, Map.of()));
    }

    /**
     * Tells whether a value of {@code type} may contain a {@code wanted} whose hash code is used: in a set or as a map key.
     */
    static boolean hash(Type type, Class<?> wanted) {
        return of(type).stream()
                .map(Reached::type)
                .flatMap(part -> Stream.concat(part.supertypes(Set.class), part.supertypes(Map.class)))
                .flatMap(hashed ->
                        new ReachableTypes().reachableFrom(hashed.arguments().get(0)).stream())
                .anyMatch(part -> part.type().type() == wanted);
    }

    private List<Reached> reachableFrom(ResolvedType root) {
        add("the value", root, null);
        for (Reached next = pending.poll(); next != null && found.size() < MOST; next = pending.poll()) {
            found.add(next);
            String where = next.where();
            ResolvedType type = next.type();
            type.arguments().forEach(argument -> add(where, argument, null));
            JsonbTypeInfo info = next.hasProperties() ? type.type().getAnnotation(JsonbTypeInfo.class) : null;
            for (JsonbSubtype subtype : info == null ? new JsonbSubtype[0] : info.value()) {
                add(type.type().getSimpleName(), ResolvedType.of(subtype.type(), Map.of()), null);
            }
            for (Property property : next.properties()) {
                if (JsonbAnnotations.isPlain(property)) {
                    add(property.where(), ResolvedType.of(property.type(), type.variables()), property);
                }
            }
        }
        return found;
    }

    private void add(String where, ResolvedType type, @Nullable Property property) {
        if (met.add(type)) {
            pending.add(new Reached(where, type, property));
        }
    }
}
