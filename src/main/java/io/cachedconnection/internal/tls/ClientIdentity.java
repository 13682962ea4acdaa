package io.cachedconnection.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The client certificate, for servers that ask for one.
 *
 * @param chain the client's certificate, followed by the certificates of its issuers
 */
record ClientIdentity(PrivateKey key, List<X509Certificate> chain) {

    /** Reads the certificate and its key from PEM files. Both may be in one file. */
    static ClientIdentity of(TlsFile certificate, TlsFile key) throws TlsException {
        ClientIdentity identity = new ClientIdentity(key.key(), certificate.certificates());
        if (!identity.belongs()) {
            throw key.refused("the key does not match the first certificate in the certificate file");
        }
        if (!identity.isChain()) {
            throw certificate.refused(
                    "its certificates are out of order: the certificate of the issuer must follow each one");
        }
        return identity;
    }

    /** Reads the only key in a key store. */
    static ClientIdentity of(TlsFile file, char @Nullable [] password) throws TlsException {
        KeyStore store = file.store(password);
        List<ClientIdentity> all = new ArrayList<>();
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getKey(alias, password) instanceof PrivateKey key) {
                    Certificate @Nullable [] chain = store.getCertificateChain(alias);
                    if (chain == null) { // the key is readable without a password, but its certificate is not
                        throw new KeyStoreException("The key has no certificate.");
                    }
                    List<X509Certificate> certificates = Arrays.stream(chain)
                            .map(X509Certificate.class::cast)
                            .toList();
                    all.add(new ClientIdentity(key, certificates));
                }
            }
        } catch (GeneralSecurityException e) {
            throw password == null
                    ? new TlsException(file.part(), "the store needs its password", true)
                    : file.refused("the key in the store cannot be read: it must have the password of the store");
        }
        if (all.size() != 1) {
            throw file.refused(all.isEmpty() ? "the store holds no key" : "the store holds more than one key");
        }
        ClientIdentity identity = all.get(0);
        if (!TlsFile.ALGORITHMS.contains(identity.key.getAlgorithm())) {
            throw file.refused("its key is neither RSA nor EC");
        }
        if (!identity.belongs() || !identity.isChain()) {
            throw file.refused("its key does not match its certificate, or its certificates are not a chain");
        }
        return identity;
    }

    /** Returns the earliest expiry of the certificates. */
    Instant end() {
        return Collections.min(chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .toList());
    }

    KeyManager[] managers() throws GeneralSecurityException, IOException {
        char[] password = "in memory only".toCharArray();
        KeyStore store = TlsFile.emptyStore();
        store.setKeyEntry("client", key, password, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private boolean isChain() {
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                return false;
            }
        }
        return Set.copyOf(chain).size() == chain.size();
    }

    /** Tells whether the key matches the first certificate: signs with the one and verifies with the other. */
    private boolean belongs() {
        if (!chain.get(0).getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        try {
            String algorithm = key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm();
            Signature signer = Signature.getInstance("SHA256with" + algorithm);
            signer.initSign(key);
            byte[] signature = signer.sign();
            signer.initVerify(chain.get(0).getPublicKey());
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // for example if they use different curves
        }
    }
}
