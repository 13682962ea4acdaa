package io.cachedconnection.internal.tls;

import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the files came to. Takes some 50 ms to make, so it is kept.
 *
 * @param end when our own certificate expires; null if we show none
 */
record Material(SSLSocketFactory sockets, @Nullable Instant end) {

    static Material of(TlsFiles files) throws TlsException {
        try {
            @Nullable Trust trust = trust(files);
            @Nullable Identity identity = identity(files);
            if (trust == null && identity == null) {
                return new Material((SSLSocketFactory) SSLSocketFactory.getDefault(), null);
            }
            return of(trust, identity);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has what this takes.", e);
        }
    }

    private static Material of(@Nullable Trust trust, @Nullable Identity identity) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        // Null is what the platform trusts, and no identity.
        context.init(identity == null ? null : identity.managers(), trust == null ? null : trust.managers(), null);
        return new Material(context.getSocketFactory(), identity == null ? null : identity.end());
    }

    private static @Nullable Trust trust(TlsFiles files) throws TlsException, GeneralSecurityException {
        if (files.has(TlsPart.CA)) {
            return Trust.of(files.file(TlsPart.CA));
        }
        return files.has(TlsPart.TRUST_STORE)
                ? Trust.of(files.file(TlsPart.TRUST_STORE), files.password(TlsPart.TRUST_STORE))
                : null;
    }

    private static @Nullable Identity identity(TlsFiles files) throws TlsException {
        if (files.has(TlsPart.CERTIFICATE)) {
            return Identity.of(files.file(TlsPart.CERTIFICATE), files.file(TlsPart.KEY));
        }
        return files.has(TlsPart.KEY_STORE)
                ? Identity.of(files.file(TlsPart.KEY_STORE), files.password(TlsPart.KEY_STORE))
                : null;
    }
}
