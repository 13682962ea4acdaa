package io.cachedconnection.internal.json;

import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.Property;
import io.cachedconnection.internal.types.ResolvedType;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the JPA entities that are reachable from values of a type, whether or not JSON contains them, and the state that a copy
 * through JSON would lack. Persistence may be missing from the class path, so annotations are matched by name. Mappings in XML
 * are not seen.
 */
public final class ReachableEntities {

    private static final int MOST_TYPES = 1_000; // recursive generics may expand without end
    private static final String PERSISTENCE = "jakarta.persistence.";
    private static final Set<String> ENTITY = Set.of("Entity", "MappedSuperclass");
    private static final String EMBEDDABLE = "Embeddable";
    private static final String TRANSIENT = "Transient";

    private static final Set<String> ORDER = Set.of("OrderBy", "OrderColumn");

    // Lazy by default; all others are eager.
    private static final Set<String> LAZY = Set.of("OneToMany", "ManyToMany", "ElementCollection");

    private final Map<Class<?>, String> persistent = new LinkedHashMap<>(); // with the place of the first occurrence
    private final Set<ResolvedType> met = new HashSet<>();
    private final Queue<ReachableTypes.Reached> pending = new ArrayDeque<>();

    private ReachableEntities() {}

    /** Finds the entities in {@code type}. */
    public static ReachableEntities in(Type type) {
        ReachableEntities entities = new ReachableEntities();
        try {
            entities.add("", ResolvedType.of(type, Map.of()));
            for (ReachableTypes.Reached next = entities.pending.poll(); next != null; next = entities.pending.poll()) {
                entities.look(next);
            }
        } catch (LinkageError | TypeNotPresentException e) {
            return entities; // a class is missing, about which TypeWarnings warns; entities found so far count
        }
        return entities;
    }

    /** Tells whether there are no entities. */
    public boolean areNone() {
        return persistent.keySet().stream().noneMatch(ReachableEntities::isEntity);
    }

    /** Returns their names, such as {@code Customer}, or {@code Customer (Order.customer)} for a nested one. */
    public List<String> names() {
        return persistent.entrySet().stream()
                .filter(each -> isEntity(each.getKey()))
                .map(each ->
                        each.getKey().getSimpleName() + (each.getValue().isEmpty() ? "" : " (" + each.getValue() + ")"))
                .toList();
    }

    /** Returns the mapped state that a copy would lack or cannot load, such as {@code Order.lines is lazy}. */
    public List<String> losses() {
        try {
            return persistent.keySet().stream()
                    .flatMap(ReachableEntities::losses)
                    .distinct()
                    .toList();
        } catch (LinkageError | TypeNotPresentException e) {
            return List.of("a class that they mention is missing");
        }
    }

    /** Tells whether {@code type} is an entity or extends one, like a proxy. */
    static boolean isEntity(Class<?> type) {
        return isAnnotated(type, ENTITY) || (type.getSuperclass() != null && isEntity(type.getSuperclass()));
    }

    /** Tells whether this very class is mapped; false for a proxy's class. */
    static boolean isMapped(Class<?> type) {
        return isAnnotated(type, ENTITY) || isAnnotated(type, Set.of(EMBEDDABLE));
    }

    private static boolean isAnnotated(Class<?> type, Set<String> names) {
        return annotations(type).anyMatch(annotation -> names.contains(name(annotation)));
    }

    private void add(String where, ResolvedType type) {
        if (met.size() < MOST_TYPES && met.add(type)) {
            pending.add(new ReachableTypes.Reached(where, type, null));
        }
    }

    private void look(ReachableTypes.Reached part) {
        Class<?> type = part.type().type();
        part.type().arguments().forEach(argument -> add(part.where(), argument));
        if (!part.type().isOfApplication() || type.isEnum()) {
            return;
        }
        if (isEntity(type) || isMapped(type)) {
            persistent.putIfAbsent(type, part.where());
        }
        JsonbTypeInfo info = type.getAnnotation(JsonbTypeInfo.class);
        Stream<Class<?>> named =
                info == null ? Stream.of() : Arrays.stream(info.value()).map(JsonbSubtype::type);
        Stream<Class<?>> permitted = type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()) : Stream.of();
        Stream.concat(named, permitted).forEach(sub -> add(part.where(), ResolvedType.of(sub, Map.of())));
        lookInto(type, part.type().variables());
    }

    /** Examines all members, including those without JSON, because the caller can reach their content. */
    private void lookInto(Class<?> type, Map<TypeVariable<?>, ResolvedType> variables) {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !ClassDescription.isAdded(field)) {
                add(where(type, field.getName()), ResolvedType.of(field.getGenericType(), variables));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (ClassDescription.isGetter(method)
                    && Modifier.isPublic(method.getModifiers())
                    && !method.isSynthetic()) {
                add(where(type, method.getName()), ResolvedType.of(method.getGenericReturnType(), variables));
            }
        }
        Stream<Type> parents =
                Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()));
        parents.map(parent -> ResolvedType.of(parent, variables)).forEach(parent -> {
            parent.arguments().forEach(argument -> add(type.getSimpleName(), argument));
            if (parent.isOfApplication()) {
                lookInto(parent.type(), parent.variables());
            }
        });
    }

    private static String where(Class<?> type, String member) {
        return type.getSimpleName() + "." + member;
    }

    private static Stream<String> losses(Class<?> type) {
        if (JsonbAnnotations.converted(type)) {
            return Stream.of(type.getSimpleName() + " has a converter");
        }
        Stream<String> ofFields = new ClassDescription(type)
                .properties().stream()
                        .filter(property -> isMapped(property.field().getDeclaringClass())
                                && property.elements().noneMatch(ReachableEntities::isUnmapped))
                        .flatMap(property -> loss(property).map(reason -> property.where() + reason));
        // With property access, a getter can be mapped without a field of that name.
        Stream<String> ofGetters = new ClassDescription(type)
                .gettersWithoutField()
                .filter(method -> isMapped(method.getDeclaringClass())
                        && annotations(method).findAny().isPresent()
                        && !isUnmapped(method))
                .flatMap(method -> loss(List.of(method), method.isAnnotationPresent(JsonbTransient.class)).stream()
                        .map(reason -> where(method.getDeclaringClass(), method.getName()) + reason));
        return Stream.concat(ofFields, ofGetters);
    }

    private static Stream<String> loss(Property property) {
        List<String> losses = loss(property.elements().toList(), JsonbAnnotations.isTransient(property));
        if (!losses.isEmpty()) {
            return losses.stream();
        }
        if (!JsonbAnnotations.isWritten(property)) {
            return Stream.of(" has no public getter");
        }
        boolean isOrdered = property.elements()
                .flatMap(ReachableEntities::annotations)
                .anyMatch(annotation -> ORDER.contains(name(annotation)));
        if (isOrdered && !List.class.isAssignableFrom(property.field().getType())) {
            return Stream.of(" has an order, which only a List keeps");
        }
        boolean convertsEntity = property.elements().anyMatch(JsonbAnnotations::hasConverter)
                && !in(property.type()).areNone();
        return convertsEntity ? Stream.of(" has a converter") : Stream.of();
    }

    private static List<String> loss(List<AnnotatedElement> elements, boolean isTransient) {
        List<Annotation> annotations = elements.stream()
                .flatMap(element -> Arrays.stream(element.getAnnotations()))
                .toList();
        Set<String> losses = new LinkedHashSet<>();
        if (annotations.stream().anyMatch(ReachableEntities::isLazy)) {
            losses.add(" is lazy");
        }
        if (annotations.stream()
                .anyMatch(annotation -> !member(annotation, "mappedBy", "").isEmpty())) {
            losses.add(" refers back to its owner");
        }
        if (isTransient) {
            losses.add(" is @JsonbTransient");
        }
        return List.copyOf(losses);
    }

    private static boolean isUnmapped(AnnotatedElement element) {
        return annotations(element).anyMatch(annotation -> name(annotation).equals(TRANSIENT));
    }

    /** Also recognizes the annotations that persistence providers add to the standard. */
    private static boolean isLazy(Annotation annotation) {
        boolean isStandard = annotation.annotationType().getName().startsWith(PERSISTENCE);
        String otherwise = isStandard && LAZY.contains(name(annotation)) ? "LAZY" : "EAGER";
        return member(annotation, "fetch", otherwise).equals("LAZY");
    }

    private static Stream<Annotation> annotations(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .filter(annotation -> annotation.annotationType().getName().startsWith(PERSISTENCE));
    }

    private static String name(Annotation annotation) {
        return annotation.annotationType().getSimpleName();
    }

    private static String member(Annotation annotation, String name, String otherwise) {
        try {
            return annotation
                    .annotationType()
                    .getMethod(name)
                    .invoke(annotation)
                    .toString();
        } catch (ReflectiveOperationException e) {
            return otherwise; // the annotation has no such member
        }
    }
}
