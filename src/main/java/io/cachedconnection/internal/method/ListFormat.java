package io.cachedconnection.internal.method;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The format of a list, by that of its elements. */
record ListFormat(PartFormat element) implements PartFormat {

    @Override
    public @Nullable String text(Object value) {
        SequenceText text = new SequenceText();
        for (Object each : (List<?>) value) {
            if (!text.add(each, element)) {
                return null;
            }
        }
        return text.end();
    }
}
