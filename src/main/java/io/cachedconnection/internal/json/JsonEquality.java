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

/** Compares two JSON texts as values of one shape. Thread-safe. */
final class JsonEquality {

    private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());
    private final JsonShape jsonShape;

    JsonEquality(JsonShape jsonShape) {
        this.jsonShape = jsonShape;
    }

    boolean same(String text, String other) {
        return text.equals(other) || plain(parsed(text), jsonShape).equals(plain(parsed(other), jsonShape));
    }

    private JsonValue parsed(String text) {
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }

    private static JsonShape known(@Nullable JsonShape jsonShape) {
        return jsonShape == null ? JsonShape.AnyShape.ANYTHING : jsonShape;
    }

    /** Tells whether element order is significant; not for a set or an unknown type. */
    private static boolean hasOrder(JsonShape jsonShape) {
        return jsonShape instanceof JsonShape.OptionalShape optional
                ? hasOrder(optional.content())
                : jsonShape instanceof JsonShape.ArrayShape array && !Set.class.isAssignableFrom(array.type());
    }

    /** Converts JSON to JDK values that are equal if the JSON is equivalent. */
    private static Object plain(JsonValue value, JsonShape jsonShape) {
        return switch (value.getValueType()) {
            case OBJECT -> object(value, jsonShape);
            case ARRAY -> array(value, jsonShape);
            case NUMBER -> ((JsonNumber) value).bigDecimalValue().stripTrailingZeros();
            case STRING -> ((JsonString) value).getString();
            case TRUE, FALSE, NULL -> value.getValueType();
        };
    }

    private static Map<String, Object> object(JsonValue value, JsonShape jsonShape) {
        JsonShape.Members members = jsonShape.members();
        Map<String, Object> object = new HashMap<>();
        value.asJsonObject()
                .forEach((name, member) ->
                        object.put(name, plain(member, known(members == null ? null : members.shapeOrNull(name)))));
        return object;
    }

    private static Object array(JsonValue value, JsonShape jsonShape) {
        JsonShape element = known(jsonShape.element());
        List<Object> array = new ArrayList<>();
        value.asJsonArray().forEach(each -> array.add(plain(each, element)));
        return hasOrder(jsonShape) ? array : counted(array);
    }

    /** Nests the elements in a list, so that the result differs from an object. */
    private static List<Object> counted(List<Object> elements) {
        Map<Object, Integer> counts = new HashMap<>();
        elements.forEach(element -> counts.merge(element, 1, Integer::sum));
        return List.of(counts);
    }
}
