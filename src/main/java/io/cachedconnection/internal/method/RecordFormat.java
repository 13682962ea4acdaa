package io.cachedconnection.internal.method;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The format of a record, by those of its components. */
record RecordFormat(List<Component> components) implements PartFormat {

    /** A component and how it reads. */
    record Component(Property property, PartFormat format) {}

    @Override
    public @Nullable String text(Object value) {
        SequenceText text = new SequenceText();
        for (Component each : components) {
            if (!text.add(each.property.of(value), each.format)) {
                return null;
            }
        }
        return text.end();
    }
}
