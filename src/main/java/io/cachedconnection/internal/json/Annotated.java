package io.cachedconnection.internal.json;

import jakarta.json.bind.annotation.JsonbAnnotation;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The question whether annotations of JSON-B may change the JSON of a type. */
final class Annotated {

    private static final String STANDARD = JsonbAnnotation.class.getPackageName();

    private static final List<String> PROVIDERS = List.of("org.eclipse.yasson.", "org.apache.johnzon.");

    private Annotated() {}

    /** Whether the type, or one it extends or implements, has a converter of its own, so its JSON may be anything. */
    static boolean converted(Class<?> type) {
        return hasConverter(type)
                || (type.getSuperclass() != null && converted(type.getSuperclass()))
                || Arrays.stream(type.getInterfaces()).anyMatch(Annotated::converted);
    }

    /** On the type, on one it extends or implements, or on its package. */
    static boolean byJsonb(Class<?> type) {
        Package home = type.getPackage();
        return changesJson(type)
                || (home != null && changesJson(home))
                || (type.getSuperclass() != null && byJsonb(type.getSuperclass()))
                || Arrays.stream(type.getInterfaces()).anyMatch(Annotated::byJsonb);
    }

    /** On the type as above, or on any part of it or of one that it extends or implements. */
    static boolean inAnyPart(Class<?> type) {
        return byJsonb(type) || inherited(type).flatMap(Annotated::parts).anyMatch(Annotated::changesJson);
    }

    /**
     * Whether a provider of JSON-B may find anything that matters to it in any part of the type, or of one that it extends or
     * implements: an annotation of JSON-B or of a provider, or one that has such an annotation itself, however far away.
     * {@code JsonbTypeInfo} on {@code told} does not count, nor does {@code JsonbCreator} itself.
     */
    static boolean mayConcernJsonb(Class<?> type, @Nullable Class<?> told) {
        return inherited(type)
                .flatMap(each -> Stream.of(
                                Stream.<AnnotatedElement>of(each),
                                home(each),
                                parts(each),
                                Arrays.<AnnotatedElement>stream(each.getDeclaredConstructors()))
                        .flatMap(elements -> elements))
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
        return converted(type) || inherited(type).flatMap(Annotated::parts).anyMatch(Annotated::hasConverter);
    }

    /** Whether {@code element} itself has one. */
    static boolean hasConverter(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations()).anyMatch(Annotated::converts);
    }

    /** All annotations on the type, its package and its parts, on those that it extends or implements, and on each of these. */
    static Stream<Annotation> everywhere(Class<?> type) {
        return inherited(type)
                .flatMap(each ->
                        Stream.of(Stream.of(each), home(each), parts(each)).flatMap(elements -> elements))
                .flatMap(Annotated::all);
    }

    /** Those on {@code element}, and on each of these. */
    static Stream<Annotation> all(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .flatMap(annotation -> Stream.concat(
                        Stream.of(annotation),
                        Arrays.stream(annotation.annotationType().getAnnotations())));
    }

    private static Stream<AnnotatedElement> home(Class<?> type) {
        return Stream.ofNullable(type.getPackage());
    }

    private static Stream<Class<?>> inherited(Class<?> type) {
        Stream<Class<?>> parents =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
        return Stream.concat(Stream.of(type), parents.flatMap(Annotated::inherited));
    }

    private static Stream<AnnotatedElement> parts(Class<?> type) {
        Stream<AnnotatedElement> members =
                Stream.concat(Arrays.stream(type.getDeclaredFields()), Arrays.stream(type.getDeclaredMethods()));
        Stream<AnnotatedElement> parameters = Stream.<Executable>concat(
                        Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()))
                .map(Executable::getParameters)
                .flatMap(Arrays::stream);
        return Stream.concat(members, parameters);
    }

    private static boolean changesJson(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations()).anyMatch(Annotated::changesJson);
    }

    private static boolean converts(Annotation annotation) {
        Class<? extends Annotation> type = annotation.annotationType();
        return type == JsonbTypeAdapter.class
                || type == JsonbTypeSerializer.class
                || type == JsonbTypeDeserializer.class
                || (changesJson(annotation) && !type.getPackageName().equals(STANDARD));
    }

    /** A creator says how to read, not what to write. */
    private static boolean changesJson(Annotation annotation) {
        Class<? extends Annotation> type = annotation.annotationType();
        return type.isAnnotationPresent(JsonbAnnotation.class) && type != JsonbCreator.class;
    }
}
