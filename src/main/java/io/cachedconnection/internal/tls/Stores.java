package io.cachedconnection.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Key stores that are in memory only: the shape in which the platform takes certificates and keys. */
final class Stores {

    private Stores() {}

    static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("Nothing is read here.", e);
        }
    }
}
