package io.cachedconnection.internal.json;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** JSON as values of the JDK, that are equal if they say the same. */
final class Plain {

    private Plain() {}

    static Object of(JsonValue value, JsonShape jsonShape) {
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
                .forEach((name, member) -> object.put(
                        name, of(member, JsonEquality.known(members == null ? null : members.shapeOrNull(name)))));
        return object;
    }

    private static Object array(JsonValue value, JsonShape jsonShape) {
        JsonShape element = JsonEquality.known(jsonShape.element());
        List<Object> array = new ArrayList<>();
        value.asJsonArray().forEach(each -> array.add(of(each, element)));
        return JsonEquality.hasOrder(jsonShape) ? array : counted(array);
    }

    /** In a list of its own, so that it is not equal to an object. */
    private static List<Object> counted(List<Object> elements) {
        Map<Object, Integer> counts = new HashMap<>();
        elements.forEach(element -> counts.merge(element, 1, Integer::sum));
        return List.of(counts);
    }
}
