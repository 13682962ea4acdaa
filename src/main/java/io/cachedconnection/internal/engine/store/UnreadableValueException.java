package io.cachedconnection.internal.engine.store;

/**
 * Says that a value could not be turned into bytes, or bytes not into a value. It carries neither a message nor a cause:
 * what a parser has to say about a value tends to quote it.
 */
public final class UnreadableValueException extends Exception {

    /** The kind of an entry that a node of a version without stamps has written. */
    public static final String WITHOUT_STAMPS = "a version of the envelope without stamps";

    private static final long serialVersionUID = 1L;

    /** What bytes that are no value are. */
    public enum Fault {
        /** Anything, but not what a writer of such values leaves. */
        DAMAGED,
        /** Of another version of the type, or of the format; to be expected while one version follows the other. */
        OUTDATED,
        /** Of no trusted writer. */
        UNTRUSTED,
        /** There are none: a codec of the application could not write the value. */
        CODEC_FAILED
    }

    private final Fault fault;
    private final String kind;

    /** A failure of this cause, of which only the class is kept. */
    public UnreadableValueException(Throwable cause) {
        this(cause.getClass().getName());
    }

    /** A failure of this kind: a class name or a few words, without anything of the value. */
    public UnreadableValueException(String kind) {
        this(Fault.DAMAGED, kind);
    }

    /** A failure of this kind, of bytes with this fault. */
    public UnreadableValueException(Fault fault, String kind) {
        super(kind, null, false, false);
        this.fault = fault;
        this.kind = kind;
    }

    /** What the bytes are; where a value could not be turned into any, only {@link Fault#CODEC_FAILED} means something. */
    public Fault fault() {
        return fault;
    }

    /** What went wrong, without anything of the value. */
    public String kind() {
        return kind;
    }
}
