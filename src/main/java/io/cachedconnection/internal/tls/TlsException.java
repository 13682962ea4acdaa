package io.cachedconnection.internal.tls;

/** A file for TLS that cannot be used. What it says holds nothing of the file. */
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

    /** Whether it is a store that needs its password, and none is given. */
    public boolean lacksPassword() {
        return lacksPassword;
    }

    /** What is wrong with the file. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
