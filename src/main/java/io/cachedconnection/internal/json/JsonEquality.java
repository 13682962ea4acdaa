package io.cachedconnection.internal.json;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The question whether two JSON texts say the same of values of one shape. Thread-safe. */
final class JsonEquality {

    private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());
    private final JsonShape jsonShape;

    JsonEquality(JsonShape jsonShape) {
        this.jsonShape = jsonShape;
    }

    boolean same(String text, String other) {
        return text.equals(other) || Plain.of(parsed(text), jsonShape).equals(Plain.of(parsed(other), jsonShape));
    }

    private JsonValue parsed(String text) {
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }

    static JsonShape known(@Nullable JsonShape jsonShape) {
        return jsonShape == null ? AnyShape.ANYTHING : jsonShape;
    }

    /** A set has none, and of what is not known it cannot be asked. */
    static boolean hasOrder(JsonShape jsonShape) {
        return jsonShape instanceof OptionalShape optional
                ? hasOrder(optional.content())
                : jsonShape instanceof ArrayShape array && !Set.class.isAssignableFrom(array.type());
    }
}
