package io.cachedconnection.internal.json;

import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.Property;
import jakarta.json.bind.annotation.JsonbAnnotation;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Evaluates the JSON-B annotations of a class and its properties. */
final class JsonbAnnotations {

    private static final String STANDARD = JsonbAnnotation.class.getPackageName();
    private static final String NAMES_OF_PARAMETERS = "java.beans.ConstructorProperties"; // its module may be missing
    private static final List<String> PROVIDERS = List.of("org.eclipse.yasson.", "org.apache.johnzon.");

    private JsonbAnnotations() {}

    /** Tells whether the type or one of its supertypes has a converter, so that its JSON is unknown. */
    static boolean converted(Class<?> type) {
        return ancestors(type).anyMatch(JsonbAnnotations::hasConverter);
    }

    /** Tells whether an annotation on the type, a supertype or its package changes its JSON. */
    static boolean byJsonb(Class<?> type) {
        return ancestors(type)
                .flatMap(each -> Stream.concat(Stream.of(each), home(each)))
                .anyMatch(element -> has(element, JsonbAnnotations::changesJson));
    }

    /**
     * Tells whether a JSON-B provider may find a relevant annotation in any part of the type or its supertypes: one of JSON-B
     * or of a provider, directly or as a meta-annotation. Ignores {@code JsonbTypeInfo} on {@code told}, and {@code
     * JsonbCreator}.
     */
    static boolean mayConcernJsonb(Class<?> type, @Nullable Class<?> told) {
        return ancestors(type)
                .flatMap(each -> Stream.concat(
                        Stream.of(Stream.of(each), home(each), parts(each)).flatMap(elements -> elements),
                        Arrays.stream(each.getDeclaredConstructors())))
                .anyMatch(element -> Arrays.stream(element.getAnnotations())
                        .map(Annotation::annotationType)
                        .filter(known -> known != JsonbCreator.class)
                        .filter(known -> element != told || known != JsonbTypeInfo.class)
                        .anyMatch(known -> concernsJsonb(known, new HashSet<>())));
    }

    private static boolean concernsJsonb(Class<? extends Annotation> type, Set<Class<?>> seen) {
        return seen.add(type)
                && (type.getName().startsWith(STANDARD)
                        || type.isAnnotationPresent(JsonbAnnotation.class)
                        || PROVIDERS.stream().anyMatch(type.getName()::startsWith)
                        || Arrays.stream(type.getAnnotations())
                                .anyMatch(above -> concernsJsonb(above.annotationType(), seen)));
    }

    /** Tells whether the type, a supertype or any part of them has a converter. */
    static boolean convertedInAnyPart(Class<?> type) {
        return converted(type)
                || ancestors(type).flatMap(JsonbAnnotations::parts).anyMatch(JsonbAnnotations::hasConverter);
    }

    /** Tells whether {@code element} itself has a converter. */
    static boolean hasConverter(AnnotatedElement element) {
        return has(element, annotation -> {
            Class<? extends Annotation> type = annotation.annotationType();
            return type == JsonbTypeAdapter.class
                    || type == JsonbTypeSerializer.class
                    || type == JsonbTypeDeserializer.class
                    || (changesJson(annotation) && !type.getPackageName().equals(STANDARD));
        });
    }

    /** Returns all annotations on the type, its supertypes, their packages and parts, with all meta-annotations. */
    static Stream<Annotation> everywhere(Class<?> type) {
        return ancestors(type)
                .flatMap(each ->
                        Stream.of(Stream.of(each), home(each), parts(each)).flatMap(elements -> elements))
                .flatMap(JsonbAnnotations::all);
    }

    /** Returns the annotations on {@code element}, with all meta-annotations. */
    static Stream<Annotation> all(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .flatMap(annotation -> Stream.concat(
                        Stream.of(annotation),
                        Arrays.stream(annotation.annotationType().getAnnotations())));
    }

    /** Tells whether JSON contains {@code property}. */
    static boolean isWritten(Property property) {
        return property.isVisible() && !isTransient(property);
    }

    /** Tells whether JSON contains {@code property} in a form that its type determines. */
    static boolean isPlain(Property property) {
        return isWritten(property) && property.elements().noneMatch(JsonbAnnotations::hasConverter);
    }

    /** Tells whether {@code property} is declared transient for JSON-B. */
    static boolean isTransient(Property property) {
        return property.elements().anyMatch(element -> element.isAnnotationPresent(JsonbTransient.class));
    }

    /**
     * Returns the properties with certain name and type in JSON, by name: the components of a record, and each field of a class
     * that has a getter of the same type, or is public without a getter, unless a JSON-B annotation may change it.
     */
    static Map<String, Type> sureProperties(Class<?> type) {
        if (type.isInterface()
                || byJsonb(type)
                || ancestors(type)
                        .flatMap(JsonbAnnotations::parts)
                        .anyMatch(element -> has(element, JsonbAnnotations::changesJson))) {
            return Map.of();
        }
        Map<String, Type> sure = new LinkedHashMap<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                sure.put(component.getName(), component.getGenericType());
            }
            return sure;
        }
        for (Property property : new ClassDescription(type).properties()) {
            // Providers disagree on the name of the property of getXAxis.
            boolean hasPlainName = property.name().length() == 1
                    || !Character.isUpperCase(property.name().charAt(1));
            Method getter = property.getter();
            boolean isRead = getter != null
                    && getter.getName().startsWith(property.field().getType() == boolean.class ? "is" : "get")
                    && getter.getGenericReturnType().equals(property.type());
            if (hasPlainName && (isRead || isOpen(type, property.field()))) {
                sure.put(property.name(), property.type());
            }
        }
        return sure;
    }

    /** Tells whether the field is public and no method hides it, not even a private accessor. */
    private static boolean isOpen(Class<?> type, Field field) {
        return Modifier.isPublic(field.getModifiers())
                && ancestors(type)
                        .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                        .noneMatch(method -> {
                            String name = method.getName();
                            int end = name.length() - field.getName().length();
                            return end > 0
                                    && List.of("get", "set", "is").contains(name.substring(0, end))
                                    && name.substring(end).equalsIgnoreCase(field.getName());
                        });
    }

    /** Returns the constructors and methods that a JSON-B provider uses as creators of the type. */
    static Stream<Executable> creators(Class<?> type) {
        return new ClassDescription(type)
                .executables()
                .filter(executable ->
                        executable.isAnnotationPresent(JsonbCreator.class) || namesOfParameters(executable) != null);
    }

    /** Returns the annotation with the parameter names; null if there is none. */
    static @Nullable Annotation namesOfParameters(Executable creator) {
        return Arrays.stream(creator.getAnnotations())
                .filter(annotation -> annotation.annotationType().getName().equals(NAMES_OF_PARAMETERS))
                .findFirst()
                .orElse(null);
    }

    private static Stream<Class<?>> ancestors(Class<?> type) {
        return new ClassDescription(type).ancestors().stream();
    }

    private static Stream<AnnotatedElement> home(Class<?> type) {
        return Stream.ofNullable(type.getPackage());
    }

    /** Returns all fields, methods and parameters. */
    private static Stream<AnnotatedElement> parts(Class<?> type) {
        Stream<AnnotatedElement> parameters = new ClassDescription(type)
                .executables()
                .map(Executable::getParameters)
                .flatMap(Arrays::stream);
        return Stream.of(
                        Arrays.<AnnotatedElement>stream(type.getDeclaredFields()),
                        Arrays.<AnnotatedElement>stream(type.getDeclaredMethods()),
                        parameters)
                .flatMap(elements -> elements);
    }

    private static boolean has(AnnotatedElement element, Predicate<Annotation> wanted) {
        return Arrays.stream(element.getAnnotations()).anyMatch(wanted);
    }

    /** A creator affects reading, not writing. */
    private static boolean changesJson(Annotation annotation) {
        Class<? extends Annotation> type = annotation.annotationType();
        return type.isAnnotationPresent(JsonbAnnotation.class) && type != JsonbCreator.class;
    }
}
