package io.cachedconnection.internal.method;

/**
 * How the values of one type read in a key: two that differ read differently, and none holds a colon, a brace or white
 * space. A percent sign is followed by two hexadecimal digits, or by one of the marks of {@link PartText}. Thread-safe.
 */
interface PartFormat {

    /** What is known of these texts. */
    PartKind kind();

    /** The text of {@code value}. */
    String text(Object value);

    /** What of {@code value} is kept until its text is needed. Immutable, and equal where that is. */
    default Object kept(Object value) {
        return text(value);
    }

    /** The text of what was {@link #kept}. */
    default String textOfKept(Object kept) {
        return (String) kept;
    }
}
