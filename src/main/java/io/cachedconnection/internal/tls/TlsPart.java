package io.cachedconnection.internal.tls;

/** What a file is for. */
public enum TlsPart {
    /** PEM, whom to trust. */
    CA,
    /** PEM, who we are. */
    CERTIFICATE,
    /** PEM, the key of that certificate. */
    KEY,
    /** A key store with whom to trust. */
    TRUST_STORE,
    /** A key store with who we are, key included. */
    KEY_STORE
}
