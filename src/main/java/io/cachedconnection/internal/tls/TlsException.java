package io.cachedconnection.internal.tls;

/** A TLS file that cannot be used. The message contains nothing of its content. */
public final class TlsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final TlsPart part;
    private final boolean lacksPassword;

    TlsException(TlsPart part, String reason, boolean lacksPassword) {
        super(reason);
        this.part = part;
        this.lacksPassword = lacksPassword;
    }

    public TlsPart part() {
        return part;
    }

    /** Tells whether the store needs a password and none is configured. */
    public boolean lacksPassword() {
        return lacksPassword;
    }

    /** Returns the problem of the file. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
