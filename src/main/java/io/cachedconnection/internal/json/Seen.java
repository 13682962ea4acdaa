package io.cachedconnection.internal.json;

import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members that values of one type have had so far, and whether any value said something there: null, an empty object
 * and a list of less than two elements do not say what JSON-B makes of others. Not thread-safe.
 */
final class Seen {

    private static final int MOST = 10_000; // a converter may give any names to what it writes

    private final Map<Place, Boolean> told = new HashMap<>();

    /**
     * Where something stands.
     *
     * @param owner what has it: the shape of a class, or another place; null for the value itself
     * @param name its name
     */
    private record Place(@Nullable Object owner, String name) {}

    /** Has a look at one value, and says whether no member is left of which nothing is known. */
    boolean isAllAfter(JsonValue value, Shape shape) {
        look(value, shape, new Place(null, ""));
        return told.size() < MOST && !told.containsValue(false);
    }

    private void look(JsonValue value, Shape shape, Place place) {
        if (told.size() < MOST) {
            told.merge(place, says(value, shape), Boolean::logicalOr);
        }
        switch (value.getValueType()) {
            case ARRAY -> {
                Shape element = SameJson.known(shape.element());
                value.asJsonArray().forEach(each -> look(each, element, new Place(place, "[]")));
            }
            case OBJECT -> lookInside(value, shape, place);
            default -> {}
        }
    }

    private void lookInside(JsonValue value, Shape shape, Place place) {
        Shape.Members members = shape.members();
        Object owner = shape instanceof ObjectShape ? shape : place;
        value.asJsonObject()
                .forEach((name, member) -> look(
                        member,
                        SameJson.known(members == null ? null : members.shapeOrNull(name)),
                        new Place(owner, shape instanceof MapShape ? "*" : name)));
    }

    private static boolean says(JsonValue value, Shape shape) {
        return switch (value.getValueType()) {
            case NULL -> false;
            case OBJECT -> !value.asJsonObject().isEmpty();
            case ARRAY -> value.asJsonArray().size() > (SameJson.hasOrder(shape) ? 1 : 0);
            default -> true;
        };
    }
}
