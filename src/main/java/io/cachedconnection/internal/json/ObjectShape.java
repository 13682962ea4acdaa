package io.cachedconnection.internal.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a record or class of the application: an object with the properties that are sure. All of these must be
 * there, because all are written, null or not; further ones do not matter.
 *
 * @param type its class
 * @param properties the shapes by name; filled after construction if the type holds itself, and then never changed
 * @param further the shape of its other members
 */
record ObjectShape(Class<?> type, Map<String, JsonShape> properties, JsonShape further)
        implements JsonShape, JsonShape.Members {

    @Override
    public boolean holds(Object value) {
        return type.isInstance(value);
    }

    @Override
    public Members members() {
        return this;
    }

    @Override
    public @Nullable JsonShape shapeOrNull(String name) {
        return properties.get(name);
    }

    @Override
    public int required() {
        return properties.size(); // no name is there twice
    }

    /** Identity, and below the class only: a type that holds itself would go on for ever. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return type.getName();
    }
}
