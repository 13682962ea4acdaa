package io.cachedconnection.internal.message;

/** One message text of the library, with an id whose meaning never changes. Each topic has an enum. */
public interface Message {

    /** The id, a space, and a format text with one {@code %s} for each particular, in their order. */
    String entry();

    /** The id, {@code CC-nnnn}; each has a heading in {@code docs/reference/messages.md}. */
    default String id() {
        return entry().substring(0, "CC-nnnn".length());
    }

    /** The whole message: the id, then the text with its particulars. */
    default String with(Object... particulars) {
        return String.format(entry(), particulars);
    }
}
