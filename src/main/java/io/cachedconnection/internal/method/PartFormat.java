package io.cachedconnection.internal.method;

import org.jspecify.annotations.Nullable;

/**
 * How the values of one type read in a key: two that differ read differently, and none holds a colon, a brace or white
 * space. A percent sign is followed by two hexadecimal digits, or by one of the marks that build lists. Thread-safe.
 */
@FunctionalInterface
interface PartFormat {

    /** The text of {@code value}; null if there is a null inside it, which has no text. */
    @Nullable String text(Object value);

    /** What of {@code value} is kept until its text is needed; null if it has none. Immutable, and equal where that is. */
    default @Nullable Object kept(Object value) {
        return text(value);
    }

    /** The text of what was {@link #kept}. */
    default String textOfKept(Object kept) {
        return (String) kept;
    }
}
