package io.cachedconnection.internal.json;

import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * JSON as values of the JDK, that are equal if they say the same.
 *
 * @param sharedOnly whether to leave out what writers differ in, be they providers or other programs
 */
record Plain(boolean sharedOnly) {

    private static final Set<Class<?>> OF_OTHERS = Set.of(ProviderConnection.class, ProviderCredentials.class);
    private static final Pattern WITHOUT_SECONDS = Pattern.compile("^((?:[^T]*T)?\\d\\d:\\d\\d)(?!:)");

    Object of(JsonValue value, Shape shape) {
        if (sharedOnly && shape instanceof ObjectShape object && OF_OTHERS.contains(object.type())) {
            return object.type(); // has a format of its own, in which much can be said in several ways
        }
        return switch (value.getValueType()) {
            case OBJECT -> object(value, shape);
            case ARRAY -> array(value, shape);
            case NUMBER -> ((JsonNumber) value).bigDecimalValue().stripTrailingZeros();
            case STRING -> ((JsonString) value).getString();
            case TRUE, FALSE, NULL -> value.getValueType();
        };
    }

    private Map<String, Object> object(JsonValue value, Shape shape) {
        Shape.Members members = shape.members();
        Map<String, Object> object = new HashMap<>();
        value.asJsonObject().forEach((name, member) -> {
            Shape known = members == null ? null : members.shapeOrNull(name);
            if (known != null || !isClosed(shape)) {
                object.put(key(name, shape), of(member, SameJson.known(known)));
            }
        });
        return object;
    }

    /** Some providers write the results of a record's methods as well. */
    private boolean isClosed(Shape shape) {
        return sharedOnly
                && shape instanceof ObjectShape object
                && object.type().isRecord()
                && !object.properties().isEmpty();
    }

    /** Providers differ in the times that are keys. */
    private static String key(String name, Shape shape) {
        boolean mayBeTime = shape instanceof MapShape map
                && map.key() instanceof ScalarShape scalar
                && scalar.type().getPackageName().equals("java.time");
        return mayBeTime ? WITHOUT_SECONDS.matcher(name).replaceFirst("$1:00") : name;
    }

    private Object array(JsonValue value, Shape shape) {
        Shape element = SameJson.known(shape.element());
        List<Object> array = new ArrayList<>();
        value.asJsonArray().forEach(each -> array.add(of(each, element)));
        return SameJson.hasOrder(shape) ? array : counted(array);
    }

    /** In a list of its own, so that it is not equal to an object. */
    private static List<Object> counted(List<Object> elements) {
        Map<Object, Integer> counts = new HashMap<>();
        elements.forEach(element -> counts.merge(element, 1, Integer::sum));
        return List.of(counts);
    }
}
