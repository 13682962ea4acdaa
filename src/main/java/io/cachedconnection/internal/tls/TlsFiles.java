package io.cachedconnection.internal.tls;

import io.cachedconnection.internal.endpoint.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The files for TLS. At most one of {@code CA} and {@code TRUST_STORE} is set; without either, the platform's trust store
 * applies. The client certificate is {@code CERTIFICATE} with {@code KEY}, or {@code KEY_STORE}, or none.
 *
 * @param passwords the passwords of the stores
 * @param verifyHost true if the server's certificate must name the host
 */
public record TlsFiles(Map<TlsPart, Path> paths, Map<TlsPart, Secret> passwords, boolean verifyHost) {

    /** Uses the platform's trust store and no client certificate. */
    public static final TlsFiles NONE = new TlsFiles(Map.of(), Map.of(), true);

    public TlsFiles {
        paths = Map.copyOf(paths);
        passwords = Map.copyOf(passwords);
    }

    /**
     * Returns the problems of all files, whereas {@link Tls} stops at the first one. Checks each file separately, even if there
     * are more or fewer files than allowed.
     */
    public List<TlsException> refusals() {
        List<TlsException> found = new ArrayList<>();
        boolean isPairGood = paths.containsKey(TlsPart.CERTIFICATE) && paths.containsKey(TlsPart.KEY);
        for (TlsPart part : TlsPart.values()) { // always in the same order
            try {
                if (paths.containsKey(part)) {
                    check(part);
                }
            } catch (TlsException e) {
                found.add(e);
                isPairGood &= part != TlsPart.CERTIFICATE && part != TlsPart.KEY;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has what this takes.", e);
            }
        }
        try {
            if (isPairGood) {
                identity();
            }
        } catch (TlsException e) {
            found.add(e);
        }
        return List.copyOf(found);
    }

    private void check(TlsPart part) throws TlsException, GeneralSecurityException {
        TlsFile file = file(part);
        switch (part) {
            case CA, CERTIFICATE -> file.certificates();
            case KEY -> file.key();
            case TRUST_STORE -> trusted(file, password(part));
            case KEY_STORE -> ClientIdentity.of(file, password(part));
        }
    }

    /** Returns the trust managers; null for the platform's own. */
    TrustManager @Nullable [] trustManagers() throws TlsException, GeneralSecurityException, IOException {
        KeyStore store;
        if (paths.containsKey(TlsPart.CA)) {
            store = TlsFile.emptyStore();
            for (X509Certificate certificate : file(TlsPart.CA).certificates()) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
        } else if (paths.containsKey(TlsPart.TRUST_STORE)) {
            store = trusted(file(TlsPart.TRUST_STORE), password(TlsPart.TRUST_STORE));
        } else {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore trusted(TlsFile file, char @Nullable [] password)
            throws TlsException, GeneralSecurityException {
        KeyStore store = file.store(password);
        if (store.size() == 0) { // entries of another kind may be encrypted, with the password missing
            throw file.refused("the store holds no certificate that is marked as trusted, or needs its password");
        }
        return store;
    }

    /** Returns the client certificate; null if there is none. */
    @Nullable ClientIdentity identity() throws TlsException {
        if (paths.containsKey(TlsPart.CERTIFICATE)) {
            return ClientIdentity.of(file(TlsPart.CERTIFICATE), file(TlsPart.KEY));
        }
        return paths.containsKey(TlsPart.KEY_STORE)
                ? ClientIdentity.of(file(TlsPart.KEY_STORE), password(TlsPart.KEY_STORE))
                : null;
    }

    private TlsFile file(TlsPart part) throws TlsException {
        @Nullable Path path = paths.get(part);
        if (path == null) {
            throw new TlsException(part, "there is none", false);
        }
        return new TlsFile(part, path);
    }

    /**
     * Returns the password; null if none is configured. The store is then not verified, and its encrypted entries are
     * invisible.
     */
    private char @Nullable [] password(TlsPart part) {
        @Nullable Secret password = passwords.get(part);
        return password == null ? null : password.text().toCharArray();
    }
}
