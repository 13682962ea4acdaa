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
final class SameJson {

    private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());
    private final Shape shape;

    SameJson(Shape shape) {
        this.shape = shape;
    }

    boolean same(String text, String other) {
        return text.equals(other) || Plain.of(parsed(text), shape).equals(Plain.of(parsed(other), shape));
    }

    private JsonValue parsed(String text) {
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }

    static Shape known(@Nullable Shape shape) {
        return shape == null ? AnyShape.ANYTHING : shape;
    }

    /** A set has none, and of what is not known it cannot be asked. */
    static boolean hasOrder(Shape shape) {
        return shape instanceof OptionalShape optional
                ? hasOrder(optional.content())
                : shape instanceof ArrayShape array && !Set.class.isAssignableFrom(array.type());
    }
}
