package io.cachedconnection.internal.json;

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

/** All types that the JSON of a value may hold, as far as their declarations tell. One instance is for one type. */
final class ReachableTypes {

    private static final int MOST = 1_000; // generics may grow without end

    private final Queue<Part> pending = new ArrayDeque<>();
    private final Set<ResolvedType> met = new HashSet<>();
    private final List<Part> found = new ArrayList<>();

    private ReachableTypes() {}

    /** Those of {@code type}, itself the first. */
    static List<Part> of(Type type) {
        return new ReachableTypes().found(ResolvedType.of(type, Map.of()));
    }

    /** Whether a value of {@code type} may have a {@code wanted} where its hash is asked for: in a set, or in a key of a map. */
    static boolean hash(Type type, Class<?> wanted) {
        return of(type).stream()
                .flatMap(part ->
                        Stream.concat(Supertypes.of(part.type(), Set.class), Supertypes.of(part.type(), Map.class)))
                .flatMap(hashed -> new ReachableTypes().found(hashed.arguments().get(0)).stream())
                .anyMatch(part -> part.type().type() == wanted);
    }

    private List<Part> found(ResolvedType type) {
        add(new Part("the value", type));
        for (Part next = pending.poll(); next != null && found.size() < MOST; next = pending.poll()) {
            found.add(next);
            addInside(next);
        }
        return found;
    }

    private void add(Part part) {
        if (met.add(part.type())) {
            pending.add(part);
        }
    }

    private void addInside(Part part) {
        ResolvedType type = part.type();
        type.arguments().forEach(argument -> add(new Part(part.where(), argument)));
        if (isLookedInto(type)) {
            addSubtypes(type.type());
            addProperties(type);
        }
    }

    /** What has a converter may be anything in JSON. */
    static boolean isLookedInto(ResolvedType type) {
        return type.isOfApplication() && !type.type().isEnum() && !Annotated.converted(type.type());
    }

    private void addSubtypes(Class<?> type) {
        JsonbTypeInfo info = type.getAnnotation(JsonbTypeInfo.class);
        if (info != null) {
            for (JsonbSubtype subtype : info.value()) {
                add(new Part(type.getSimpleName(), ResolvedType.of(subtype.type(), Map.of())));
            }
        }
    }

    private void addProperties(ResolvedType type) {
        for (Property property : Property.of(type.type())) {
            if (property.isPlain()) {
                add(new Part(property.where(), ResolvedType.of(property.type(), type.variables())));
            }
        }
    }
}
