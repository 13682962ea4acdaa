package io.cachedconnection.internal.method;

import org.jspecify.annotations.Nullable;

/**
 * The text of a list or record under construction: {@code %(}, each element followed by {@code %,}, then {@code %)}.
 * The end mark tells an inner list from an outer one; the mark after each element, an empty list from one that holds an
 * empty text.
 */
final class SequenceText {

    private final StringBuilder text = new StringBuilder("%(");

    /** Adds an element; false, and then there is no text at all, if it is null or there is a null inside it. */
    boolean add(@Nullable Object element, PartFormat format) {
        String part = element == null ? null : format.text(element);
        if (part == null) {
            return false;
        }
        text.append(part).append("%,");
        return true;
    }

    String end() {
        return text.append("%)").toString();
    }
}
