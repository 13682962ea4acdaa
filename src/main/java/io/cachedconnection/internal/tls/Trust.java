package io.cachedconnection.internal.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom we trust, and nobody else. */
record Trust(KeyStore store) {

    /** Those in a PEM file. */
    static Trust of(TlsFile file) throws TlsException, GeneralSecurityException {
        List<X509Certificate> certificates = file.certificates();
        KeyStore store = Stores.empty();
        for (X509Certificate certificate : certificates) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        return new Trust(store);
    }

    /** Those in a store. */
    static Trust of(TlsFile file, char @Nullable [] password) throws TlsException, GeneralSecurityException {
        KeyStore store = file.store(password);
        if (store.size() == 0) { // where it has some, they may be encrypted and the password missing
            throw file.refused("the store holds no certificate that is marked as trusted, or needs its password");
        }
        return new Trust(store);
    }

    TrustManager[] managers() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
