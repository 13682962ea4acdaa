package io.cachedconnection.internal.core;

/**
 * Says that a value could not be turned into bytes, or bytes not into a value. It carries neither a message nor a cause:
 * what a parser has to say about a value tends to quote it.
 */
public final class UnreadableValueException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String kind;

    /** A failure of this cause, of which only the class is kept. */
    public UnreadableValueException(Throwable cause) {
        this(cause.getClass().getName());
    }

    /** A failure of this kind: a class name or a few words, without anything of the value. */
    public UnreadableValueException(String kind) {
        super(kind, null, false, false);
        this.kind = kind;
    }

    /** What went wrong, without anything of the value. */
    public String kind() {
        return kind;
    }
}
