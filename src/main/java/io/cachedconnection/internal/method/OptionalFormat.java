package io.cachedconnection.internal.method;

import java.util.Optional;

/** The format of an {@code Optional}: that of its value, or a mark that no value has. */
record OptionalFormat(PartFormat present) implements PartFormat {

    private static final String EMPTY = "%-";

    @Override
    public PartKind kind() {
        return PartKind.of(Texts.OPTIONAL, present.kind());
    }

    @Override
    public String text(Object value) {
        Object inside = ((Optional<?>) value).orElse(null);
        return inside == null ? EMPTY : present.text(inside);
    }
}
