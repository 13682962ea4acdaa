package io.cachedconnection.internal.engine.store;

/**
 * Thrown when a value cannot be encoded or decoded. It carries neither a message nor a cause, because the messages of parsers
 * tend to quote the value.
 */
public final class UnreadableValueException extends Exception {

    /** The kind of an entry that a node with an older version, without stamps, has written. */
    public static final String WITHOUT_STAMPS = "a version of the envelope without stamps";

    private static final long serialVersionUID = 1L;

    /** The fault of unreadable bytes. */
    public enum Fault {
        /** Damaged: no writer of such values produces these bytes. */
        DAMAGED,
        /** Written with another version of the type or the format, as during a rolling update. */
        OUTDATED,
        /** Not written by a trusted writer. */
        UNTRUSTED,
        /** There are no bytes: the application's codec failed to write the value. */
        CODEC_FAILED
    }

    private final Fault fault;
    private final String kind;

    /** Creates a failure that keeps only the class of {@code cause}. */
    public UnreadableValueException(Throwable cause) {
        this(cause.getClass().getName());
    }

    /** Creates a failure of this kind: a class name or a few words, without any part of the value. */
    public UnreadableValueException(String kind) {
        this(Fault.DAMAGED, kind);
    }

    /** Creates a failure of this kind for bytes with this fault. */
    public UnreadableValueException(Fault fault, String kind) {
        super(kind, null, false, false);
        this.fault = fault;
        this.kind = kind;
    }

    /** Returns the fault of the bytes. For a value that could not be encoded, only {@link Fault#CODEC_FAILED} has a meaning. */
    public Fault fault() {
        return fault;
    }

    /** Returns what went wrong, without any part of the value. */
    public String kind() {
        return kind;
    }
}
