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

/** All types that the JSON of a value may hold, as far as their declarations tell. One instance is for one type. */
final class ReachableTypes {

    private static final int MOST = 1_000; // generics may grow without end

    private final Queue<Reached> pending = new ArrayDeque<>();
    private final Set<ResolvedType> met = new HashSet<>();
    private final List<Reached> found = new ArrayList<>();

    private ReachableTypes() {}

    /**
     * A type that the JSON of a value may hold somewhere, or the value's own.
     *
     * @param where the property that has it, as {@code Book.author}
     * @param type the type
     * @param property the property whose type it is; null for a type argument, a subtype and the value's own
     */
    record Reached(
            String where, ResolvedType type, @Nullable Property property) {

        /** Whether its properties count: a class with a converter may be anything in JSON. */
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

    /** Those of {@code type}, itself the first. */
    static List<Reached> of(Type type) {
        return new ReachableTypes().found(ResolvedType.of(type, Map.of()));
    }

    /** Whether a value of {@code type} may have a {@code wanted} where its hash is asked for: in a set, or in a key of a map. */
    static boolean hash(Type type, Class<?> wanted) {
        return of(type).stream()
                .map(Reached::type)
                .flatMap(part -> Stream.concat(part.supertypes(Set.class), part.supertypes(Map.class)))
                .flatMap(hashed -> new ReachableTypes().found(hashed.arguments().get(0)).stream())
                .anyMatch(part -> part.type().type() == wanted);
    }

    private List<Reached> found(ResolvedType root) {
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
