package io.cachedconnection.internal.message;

/** One thing this library says: an id that never changes meaning, and a text. Implemented by one enum per room. */
public interface Message {

    /** The id, {@code CC-nnnn}; each has a heading in {@code docs/messages.md}. */
    String id();

    /** The text, with {@code %s} where the particulars go. */
    String text();

    /** The whole line: id, then the text with its particulars. */
    default String with(Object... particulars) {
        return id() + " " + String.format(text(), particulars);
    }
}
