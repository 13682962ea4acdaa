package io.cachedconnection.internal.method;

import java.util.List;

/** The format of a record, by those of its components. */
record RecordFormat(Class<?> type, List<Component> components) implements PartFormat {

    /** A component and how it reads. */
    record Component(Property property, PartFormat format) {}

    @Override
    public PartKind kind() {
        return new PartKind(
                Texts.RECORD,
                type,
                components.stream().map(each -> each.format.kind()).toList());
    }

    @Override
    public String text(Object value) {
        return PartText.sequence(components.stream()
                .map(each -> PartText.of(each.property.of(value), each.format))
                .toList());
    }
}
