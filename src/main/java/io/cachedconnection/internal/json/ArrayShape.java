package io.cachedconnection.internal.json;

import java.util.Collection;

/**
 * The shape of a collection or an array.
 *
 * @param type its class
 * @param element the shape of what it holds
 */
record ArrayShape(Class<?> type, JsonShape element) implements JsonShape {

    @Override
    public boolean holds(Object value) {
        if (!type.isInstance(value)) {
            return false;
        }
        // An array cannot hold what is not of its type.
        return !(value instanceof Collection<?> elements) || elements.stream().allMatch(this::holdsElement);
    }

    private boolean holdsElement(Object value) {
        return value == null || element.holds(value);
    }
}
