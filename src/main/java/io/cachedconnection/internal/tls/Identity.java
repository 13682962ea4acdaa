package io.cachedconnection.internal.tls;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Who we are to a server that asks for it.
 *
 * @param chain our certificate, then those of its issuers
 */
record Identity(PrivateKey key, List<X509Certificate> chain) {

    private static final char[] OF_THE_MOMENT = "in memory only".toCharArray();
    private static final List<String> ALGORITHMS = List.of("RSA", "EC");
    private static final String CONVERSION = "openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW";

    /** That of the two PEM files, which may be one and the same. */
    static Identity of(TlsFile certificate, TlsFile key) throws TlsException {
        Identity identity = new Identity(key(key), certificate.certificates());
        if (!identity.belongs()) {
            throw key.refused("the key is not that of the first certificate in the certificate file");
        }
        if (!identity.isChain()) {
            throw certificate.refused("its certificates are not in order: each one is followed by that of its issuer");
        }
        return identity;
    }

    /** That of the only key in a store. */
    static Identity of(TlsFile file, char @Nullable [] password) throws TlsException {
        Identity identity = only(file, file.store(password), password);
        if (!ALGORITHMS.contains(identity.key().getAlgorithm())) {
            throw file.refused("its key is neither RSA nor EC");
        }
        if (!identity.belongs() || !identity.isChain()) {
            throw file.refused("its key is not that of its certificate, or its certificates are no chain");
        }
        return identity;
    }

    /** The end of what is valid for the shortest time. */
    Instant end() {
        return Collections.min(chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .toList());
    }

    KeyManager[] managers() throws GeneralSecurityException {
        KeyStore store = Stores.empty();
        store.setKeyEntry("client", key, OF_THE_MOMENT, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, OF_THE_MOMENT);
        return factory.getKeyManagers();
    }

    /** The key in a PEM file. */
    static PrivateKey key(TlsFile file) throws TlsException {
        List<Pem.Block> keys = file.pem().stream().filter(Pem.Block::isKey).toList();
        if (keys.size() != 1) {
            throw file.refused(
                    keys.isEmpty()
                            ? "the file holds no key in PEM (BEGIN PRIVATE KEY)"
                            : "the file holds more than one key");
        }
        Pem.Block block = keys.get(0);
        if (!block.label().equals(Pem.KEY)) {
            String kind = block.label().startsWith("ENCRYPTED") ? "the key is encrypted" : "the key is not PKCS#8";
            throw file.refused(kind + "; to convert it: " + CONVERSION);
        }
        return key(file, new PKCS8EncodedKeySpec(block.bytes()));
    }

    private static PrivateKey key(TlsFile file, PKCS8EncodedKeySpec encoded) throws TlsException {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> key(algorithm, encoded).stream())
                .findFirst()
                .orElseThrow(() -> file.refused("the key is damaged or cut off, or neither RSA nor EC"));
    }

    private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
        } catch (InvalidKeySpecException e) { // not of this algorithm
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm + ".", e);
        }
    }

    private static Identity only(TlsFile file, KeyStore store, char @Nullable [] password) throws TlsException {
        try {
            List<Identity> all = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getKey(alias, password) instanceof PrivateKey key) {
                    all.add(new Identity(key, chain(store, alias)));
                }
            }
            if (all.size() != 1) {
                throw file.refused(all.isEmpty() ? "the store holds no key" : "the store holds more than one key");
            }
            return all.get(0);
        } catch (GeneralSecurityException e) {
            throw password == null
                    ? TlsException.lacksPassword(file.part())
                    : file.refused("the key in the store cannot be read: its password must be that of the store");
        }
    }

    private static List<X509Certificate> chain(KeyStore store, String alias) throws KeyStoreException {
        Certificate @Nullable [] chain = store.getCertificateChain(alias);
        if (chain == null) { // where the key can be read without a password, but its certificate cannot
            throw new KeyStoreException("The key has no certificate.");
        }
        return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    }

    private boolean isChain() {
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                return false;
            }
        }
        return Set.copyOf(chain).size() == chain.size();
    }

    // What the key has signed, the certificate's owner has signed.
    private boolean belongs() {
        Key owner = chain.get(0).getPublicKey();
        if (!owner.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        try {
            String algorithm = "SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm());
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            byte[] signature = signer.sign();
            signer.initVerify(chain.get(0).getPublicKey());
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // as where the one is on another curve than the other
        }
    }
}
