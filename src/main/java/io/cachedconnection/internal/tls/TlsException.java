package io.cachedconnection.internal.tls;

/** A file for TLS that cannot be used. What it says holds nothing of the file. */
public final class TlsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final TlsPart part;

    TlsException(TlsPart part, String reason) {
        super(reason);
        this.part = part;
    }

    public TlsPart part() {
        return part;
    }

    /** What is wrong with the file. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
