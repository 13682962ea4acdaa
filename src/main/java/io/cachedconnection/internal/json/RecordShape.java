package io.cachedconnection.internal.json;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a record without annotations of JSON-B: an object with a member for each component. All must be there,
 * because all are written; further ones do not matter.
 *
 * @param type the record's class
 * @param components the shapes by name; filled after construction if the record holds itself, and then never changed
 */
record RecordShape(Class<?> type, Map<String, Shape> components) implements Shape, Shape.Members {

    @Override
    public boolean holds(Object value) {
        return type.isInstance(value);
    }

    @Override
    public Members members() {
        return this;
    }

    @Override
    public Shape shape(String name) {
        return components.getOrDefault(name, AnyShape.ANYTHING);
    }

    @Override
    public boolean allows(Set<String> names) {
        return names.containsAll(components.keySet());
    }

    /** The class only: a record that holds itself would go on for ever. */
    @Override
    public String toString() {
        return type.getName();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
