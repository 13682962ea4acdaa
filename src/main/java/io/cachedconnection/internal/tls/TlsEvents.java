package io.cachedconnection.internal.tls;

import java.time.Instant;

/** Receives events of TLS at run time. */
public interface TlsEvents {

    /** The changed files cannot be used, so the last ones stay in use. */
    void kept(TlsException why);

    /** The client certificate expired at {@code end}. Called once for each certificate. */
    void expired(Instant end);
}
