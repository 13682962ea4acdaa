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
}
