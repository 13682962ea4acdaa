package io.cachedconnection.internal.message;

/** One text of this library, with an id that never changes its meaning. Each room has an enum of them. */
public interface Message {

    /** The id, a space, and a text with {@code %s} where the particulars go, in this order. */
    String entry();

    /** The id, {@code CC-nnnn}; each has a heading in {@code docs/messages.md}. */
    default String id() {
        return entry().substring(0, "CC-nnnn".length());
    }

    /** The whole line: the id, then the text with its particulars. */
    default String with(Object... particulars) {
        return String.format(entry(), particulars);
    }
}
