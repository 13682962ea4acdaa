package io.cachedconnection.internal.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a map: an object, or an array of keys and values where a key has no text of its own.
 *
 * @param type its class
 * @param key the shape of its keys
 * @param content the shape of its values
 */
record MapShape(Class<?> type, JsonShape key, JsonShape content) implements JsonShape {

    @Override
    public boolean holds(Object value) {
        return type.isInstance(value) && ((Map<?, ?>) value).entrySet().stream().allMatch(this::holdsEntry);
    }

    @Override
    public Members members() {
        return new Members() {
            @Override
            public JsonShape shapeOrNull(String name) {
                return content;
            }

            /** A key is made of it, as of a text that is a value. */
            @Override
            public boolean allowsName(String name) {
                return !(key instanceof ScalarShape scalar) || scalar.allowsKey(name);
            }
        };
    }

    @Override
    public @Nullable JsonShape element() {
        return key instanceof ScalarShape scalar && scalar.form() != ScalarShape.Form.WORD ? null : AnyShape.ANYTHING;
    }

    private boolean holdsEntry(Map.Entry<?, ?> entry) {
        return (entry.getKey() == null || key.holds(entry.getKey()))
                && (entry.getValue() == null || content.holds(entry.getValue()));
    }
}
