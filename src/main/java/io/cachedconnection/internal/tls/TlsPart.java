package io.cachedconnection.internal.tls;

/** The purpose of a file. */
public enum TlsPart {
    /** Trusted certificates, as PEM. */
    CA,
    /** The client certificate, as PEM. */
    CERTIFICATE,
    /** The key of the client certificate, as PEM. */
    KEY,
    /** A key store with trusted certificates. */
    TRUST_STORE,
    /** A key store with the client certificate and its key. */
    KEY_STORE
}
