package io.cachedconnection.internal.json;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The question whether two JSON texts say the same of values of one shape. Thread-safe. */
final class SameJson {

    private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());
    private final Shape shape;

    SameJson(Shape shape) {
        this.shape = shape;
    }

    boolean same(String text, String other) {
        return text.equals(other) || plain(text).equals(plain(other));
    }

    private Object plain(String text) {
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            return plain(reader.readValue(), shape);
        }
    }

    /** As values of the JDK, that are equal if they say the same. */
    private static Object plain(JsonValue value, Shape shape) {
        return switch (value.getValueType()) {
            case OBJECT -> object(value, shape);
            case ARRAY -> array(value, shape);
            case NUMBER -> ((JsonNumber) value).bigDecimalValue().stripTrailingZeros();
            case STRING -> ((JsonString) value).getString();
            case TRUE, FALSE, NULL -> value.getValueType();
        };
    }

    private static Map<String, Object> object(JsonValue value, Shape shape) {
        Shape.Members members = shape.members();
        Map<String, Object> object = new HashMap<>();
        value.asJsonObject()
                .forEach((name, member) ->
                        object.put(name, plain(member, known(members == null ? null : members.shapeOrNull(name)))));
        return object;
    }

    private static Object array(JsonValue value, Shape shape) {
        Shape element = known(shape.element());
        List<Object> array = new ArrayList<>();
        value.asJsonArray().forEach(each -> array.add(plain(each, element)));
        return hasOrder(shape) ? array : counted(array);
    }

    private static Shape known(@Nullable Shape shape) {
        return shape == null ? AnyShape.ANYTHING : shape;
    }

    /** A set has none, and of what is not known it cannot be asked. */
    private static boolean hasOrder(Shape shape) {
        return shape instanceof OptionalShape optional
                ? hasOrder(optional.content())
                : shape instanceof ArrayShape array && !Set.class.isAssignableFrom(array.type());
    }

    /** In a list of its own, so that it is not equal to an object. */
    private static List<Object> counted(List<Object> elements) {
        Map<Object, Integer> counts = new HashMap<>();
        elements.forEach(element -> counts.merge(element, 1, Integer::sum));
        return List.of(counts);
    }
}
