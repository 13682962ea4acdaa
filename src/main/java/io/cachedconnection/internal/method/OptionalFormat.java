package io.cachedconnection.internal.method;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The format of an {@code Optional}: that of its value, or a mark that no value has. */
record OptionalFormat(PartFormat present) implements PartFormat {

    private static final String EMPTY = "%-";

    @Override
    public @Nullable String text(Object value) {
        Object inside = ((Optional<?>) value).orElse(null);
        return inside == null ? EMPTY : present.text(inside);
    }
}
