package io.cachedconnection.internal.json;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Iterator;
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
        return text.equals(other)
                || new Plain(false).of(parsed(text), shape).equals(new Plain(false).of(parsed(other), shape));
    }

    /**
     * Whether {@code text} says all that {@code again} says, which was written from what was read of it. It may say more,
     * and may lack what is null; and what providers differ in does not count.
     */
    boolean covers(String text, String again) {
        return text.equals(again)
                || covers(new Plain(true).of(parsed(text), shape), new Plain(true).of(parsed(again), shape));
    }

    private static boolean covers(@Nullable Object text, Object again) {
        if (text instanceof Map<?, ?> members && again instanceof Map<?, ?> others) {
            return others.entrySet().stream().allMatch(other -> coversMember(members, other));
        }
        if (text instanceof List<?> elements && again instanceof List<?> others && elements.size() == others.size()) {
            Iterator<?> each = elements.iterator();
            return others.stream().allMatch(other -> covers(each.next(), other));
        }
        return again.equals(text);
    }

    private static boolean coversMember(Map<?, ?> members, Map.Entry<?, ?> other) {
        return members.containsKey(other.getKey())
                ? covers(members.get(other.getKey()), other.getValue())
                : other.getValue() == JsonValue.ValueType.NULL;
    }

    /** Whether {@code seen} knows of each member after this text. */
    boolean isAllSeen(String text, Seen seen) {
        return seen.isAllAfter(parsed(text), shape);
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
