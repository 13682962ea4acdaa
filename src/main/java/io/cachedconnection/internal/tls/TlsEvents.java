package io.cachedconnection.internal.tls;

import java.time.Instant;

/** What happens to TLS while the application runs. */
public interface TlsEvents {

    /** The files have changed, and not for the better: what was read before stays in use. */
    void kept(TlsException why);

    /** Our own certificate has expired at {@code end}; once for each certificate. */
    void expired(Instant end);
}
