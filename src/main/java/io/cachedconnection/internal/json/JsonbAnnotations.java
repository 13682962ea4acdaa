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

/** What the annotations of JSON-B say of a class and its properties, or may say. */
final class JsonbAnnotations {

    private static final String STANDARD = JsonbAnnotation.class.getPackageName();
    private static final String NAMES_OF_PARAMETERS = "java.beans.ConstructorProperties"; // its module may not be there
    private static final List<String> PROVIDERS = List.of("org.eclipse.yasson.", "org.apache.johnzon.");

    private JsonbAnnotations() {}

    /** Whether the type, or one it extends or implements, has a converter, so that its JSON may be anything. */
    static boolean converted(Class<?> type) {
        return ancestors(type).anyMatch(JsonbAnnotations::hasConverter);
    }

    /** Whether an annotation on the type, on one it extends or implements, or on its package changes its JSON. */
    static boolean byJsonb(Class<?> type) {
        return ancestors(type)
                .flatMap(each -> Stream.concat(Stream.of(each), home(each)))
                .anyMatch(element -> has(element, JsonbAnnotations::changesJson));
    }

    /**
     * Whether a provider of JSON-B may find anything that matters to it in any part of the type, or of one that it extends or
     * implements: an annotation of JSON-B or of a provider, or one that has such an annotation itself, however far away.
     * {@code JsonbTypeInfo} on {@code told} does not count, nor does {@code JsonbCreator} itself.
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

    /** Whether the type has a converter as above, or any part of it or of one that it extends or implements has. */
    static boolean convertedInAnyPart(Class<?> type) {
        return converted(type)
                || ancestors(type).flatMap(JsonbAnnotations::parts).anyMatch(JsonbAnnotations::hasConverter);
    }

    /** Whether {@code element} itself has a converter. */
    static boolean hasConverter(AnnotatedElement element) {
        return has(element, annotation -> {
            Class<? extends Annotation> type = annotation.annotationType();
            return type == JsonbTypeAdapter.class
                    || type == JsonbTypeSerializer.class
                    || type == JsonbTypeDeserializer.class
                    || (changesJson(annotation) && !type.getPackageName().equals(STANDARD));
        });
    }

    /** All annotations on the type, its package and its parts, on those that it extends or implements, and on each of these. */
    static Stream<Annotation> everywhere(Class<?> type) {
        return ancestors(type)
                .flatMap(each ->
                        Stream.of(Stream.of(each), home(each), parts(each)).flatMap(elements -> elements))
                .flatMap(JsonbAnnotations::all);
    }

    /** Those on {@code element}, and on each of these. */
    static Stream<Annotation> all(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .flatMap(annotation -> Stream.concat(
                        Stream.of(annotation),
                        Arrays.stream(annotation.annotationType().getAnnotations())));
    }

    /** Whether {@code property} stands in JSON. */
    static boolean isWritten(Property property) {
        return property.isVisible() && !isTransient(property);
    }

    /** Whether {@code property} stands in JSON, in a form that its type tells. */
    static boolean isPlain(Property property) {
        return isWritten(property) && property.elements().noneMatch(JsonbAnnotations::hasConverter);
    }

    /** Whether {@code property} says that it does not stand in JSON. */
    static boolean isTransient(Property property) {
        return property.elements().anyMatch(element -> element.isAnnotationPresent(JsonbTransient.class));
    }

    /**
     * The properties whose name and type in JSON are sure, by name: the components of a record, and each field of a class
     * that has a getter of the same type, or is public and has none, unless an annotation of JSON-B may say otherwise.
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
            // Providers do not agree on the property whose getter is getXAxis.
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

    /** Whether the field is public, and no method, not even a private one, hides it as its accessor would. */
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

    /** The constructors and methods that a provider of JSON-B takes for creators of values of the type. */
    static Stream<Executable> creators(Class<?> type) {
        return new ClassDescription(type)
                .executables()
                .filter(executable ->
                        executable.isAnnotationPresent(JsonbCreator.class) || namesOfParameters(executable) != null);
    }

    /** The annotation that lists the names of the parameters; null if there is none. */
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

    /** Fields, methods, and all parameters. */
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

    /** A creator says how to read, not what to write. */
    private static boolean changesJson(Annotation annotation) {
        Class<? extends Annotation> type = annotation.annotationType();
        return type.isAnnotationPresent(JsonbAnnotation.class) && type != JsonbCreator.class;
    }
}
