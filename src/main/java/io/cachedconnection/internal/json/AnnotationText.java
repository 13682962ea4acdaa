package io.cachedconnection.internal.json;

import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.ResolvedType;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbAnnotation;
import jakarta.json.bind.config.PropertyVisibilityStrategy;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Describes an annotation in a text that is the same on every JVM, unlike its {@code toString()}. */
final class AnnotationText {

    // JSON does not contain the fields of these values.
    private static final Set<Class<?>> CONVERTERS =
            Set.of(JsonbSerializer.class, JsonbDeserializer.class, PropertyVisibilityStrategy.class);

    /** The value of a member that names a missing class or constant. */
    private enum Unknown {
        NOT_THERE
    }

    private final StringBuilder text;
    private final List<ResolvedType> types = new ArrayList<>();
    private final Set<Class<?>> written = new HashSet<>(); // meta-annotations already written; some annotate themselves

    private AnnotationText(String prefix) {
        text = new StringBuilder(prefix);
    }

    /**
     * Returns a line for each JSON-B annotation on {@code element}, with the types that it names and that need a description as
     * well.
     */
    static Map<String, List<ResolvedType>> lines(String prefix, AnnotatedElement element) {
        Map<String, List<ResolvedType>> lines = new HashMap<>();
        ofJsonb(element).forEach(annotation -> {
            AnnotationText line = new AnnotationText(prefix);
            line.write(annotation);
            lines.put(line.text.toString(), line.types);
        });
        return lines;
    }

    /** Tells whether {@code element} has a JSON-B annotation. */
    static boolean isOn(AnnotatedElement element) {
        return ofJsonb(element).findAny().isPresent();
    }

    private static Stream<Annotation> ofJsonb(AnnotatedElement element) {
        return Arrays.stream(element.getDeclaredAnnotations())
                .filter(annotation -> annotation.annotationType().isAnnotationPresent(JsonbAnnotation.class));
    }

    private void write(Annotation annotation) {
        Class<? extends Annotation> type = annotation.annotationType();
        boolean isOfPlatform =
                ClassDescription.isOfPlatform(type); // a later version of the platform may have more members
        text.append('@').append(type.getName()).append('(');
        String separator = "";
        for (Method member : members(type)) {
            Object value = value(annotation, member);
            if (!isOfPlatform || !Objects.deepEquals(value, member.getDefaultValue())) {
                text.append(separator).append(member.getName()).append('=');
                write(value);
                separator = ",";
            }
        }
        text.append(')');
        if (!isOfPlatform && written.add(type)) {
            ofJsonb(type)
                    .filter(meta -> meta.annotationType() != JsonbAnnotation.class)
                    .sorted(Comparator.comparing(meta -> meta.annotationType().getName()))
                    .forEach(this::write);
        }
    }

    private static List<Method> members(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic())
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static Object value(Annotation annotation, Method member) {
        try {
            member.trySetAccessible(); // the annotation may be non-public
            return member.invoke(annotation);
        } catch (InvocationTargetException | IllegalAccessException e) {
            return Unknown.NOT_THERE;
        }
    }

    private void write(Object value) {
        if (value.getClass().isArray()) {
            writeArray(value);
        } else if (value instanceof Annotation annotation) {
            write(annotation);
        } else if (value instanceof Class<?> type) {
            writeClass(type);
        } else if (value instanceof Enum<?> constant) {
            text.append(constant.name());
        } else if (value instanceof String || value instanceof Character) {
            writeQuoted(value.toString());
        } else {
            text.append(plain(value));
        }
    }

    /** Formats a number alike on all JDKs, which differ in the decimal text of fractions. */
    private static String plain(Object value) {
        return value instanceof Double || value instanceof Float
                ? Double.toHexString(((Number) value).doubleValue())
                : value.toString();
    }

    private void writeArray(Object array) {
        text.append('[');
        for (int i = 0; i < Array.getLength(array); i++) {
            text.append(i == 0 ? "" : ",");
            write(Array.get(array, i));
        }
        text.append(']');
    }

    /** Describes a class. JSON contains subtypes as they are, and the adapted type instead of an adapter's original. */
    private void writeClass(Class<?> type) {
        ResolvedType named = ResolvedType.of(type, Map.of());
        text.append(named);
        if (JsonbAdapter.class.isAssignableFrom(type)) {
            named.supertypes(JsonbAdapter.class).forEach(adapter -> {
                text.append(':').append(adapter);
                types.add(adapter);
            });
        } else if (CONVERTERS.stream().noneMatch(converter -> converter.isAssignableFrom(type))) {
            types.add(named);
        }
    }

    private void writeQuoted(String value) {
        text.append('"');
        value.chars().forEach(character -> {
            if (character < ' ' || character > '~' || character == '"' || character == '\\') {
                text.append(String.format("\\u%04x", character));
            } else {
                text.append((char) character);
            }
        });
        text.append('"');
    }
}
