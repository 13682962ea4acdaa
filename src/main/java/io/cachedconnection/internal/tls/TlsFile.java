package io.cachedconnection.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file and its purpose: certificates or keys as PEM (RFC 7468), or a key store. */
record TlsFile(TlsPart part, Path path) {

    static final List<String> ALGORITHMS = List.of("RSA", "EC");

    private static final long MOST_BYTES = 16 * 1024 * 1024;
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----((?s:.*?))-----END \\1-----");
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN [A-Z0-9 ]+");

    /**
     * One PEM block.
     *
     * @param content Base64, preceded by headers in old encrypted keys
     */
    private record Block(String label, String content) {

        /** Decodes the content. Damaged content decodes to no bytes, which are neither a certificate nor a key. */
        byte[] bytes() {
            try {
                return Base64.getMimeDecoder().decode(content);
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }
    }

    /** Returns all certificates in a PEM file, at least one. Other blocks are skipped. */
    List<X509Certificate> certificates() throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : pem()) {
            if (block.label.equals("CERTIFICATE")) {
                try {
                    certificates.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.bytes())));
                } catch (CertificateException e) {
                    throw refused("a certificate in the file is damaged or cut off");
                }
            }
        }
        if (certificates.isEmpty()) {
            throw refused("the file holds no certificate in PEM (BEGIN CERTIFICATE)");
        }
        return certificates;
    }

    /** Returns the key in a PEM file. */
    PrivateKey key() throws TlsException {
        List<Block> keys = pem().stream()
                .filter(block -> block.label.endsWith("PRIVATE KEY"))
                .toList();
        if (keys.size() != 1) {
            throw refused(
                    keys.isEmpty()
                            ? "the file holds no key in PEM (BEGIN PRIVATE KEY)"
                            : "the file holds more than one key");
        }
        Block block = keys.get(0);
        if (!block.label.equals("PRIVATE KEY")) {
            String kind = block.label.startsWith("ENCRYPTED") ? "the key is encrypted" : "the key is not PKCS#8";
            throw refused(kind + "; to convert it: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.bytes()));
            } catch (InvalidKeySpecException e) {
                // The key has another algorithm, so the next one is tried.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has " + algorithm + ".", e);
            }
        }
        throw refused("the key is damaged or cut off, or neither RSA nor EC");
    }

    private List<Block> pem() throws TlsException {
        check();
        String text;
        try {
            text = Files.readString(path, ISO_8859_1); // comments may use any character set
        } catch (IOException e) {
            throw refused(FileFault.of(e));
        }
        List<Block> blocks = BLOCK.matcher(text)
                .results()
                .map(found -> new Block(found.group(1), found.group(2)))
                .toList();
        // A block without an end, or with another block before its end.
        if (BEGIN.matcher(BLOCK.matcher(text).replaceAll("")).find()
                || blocks.stream()
                        .anyMatch(block -> BEGIN.matcher(block.content).find())) {
            throw refused("the file is damaged or cut off (a BEGIN without its END)");
        }
        return blocks;
    }

    /** Reads a key store of any type that the platform supports. */
    KeyStore store(char @Nullable [] password) throws TlsException {
        check();
        try {
            return KeyStore.getInstance(new File(path.toString()), password);
        } catch (IOException e) {
            throw refused("its password is wrong, or the file is damaged");
        } catch (GeneralSecurityException e) {
            throw refused("the file is not a key store");
        }
    }

    private void check() throws TlsException {
        Optional<String> fault = FileFault.of(path);
        if (fault.isPresent()) {
            throw refused(fault.get());
        }
        try {
            long size = Files.size(path);
            if (size == 0 || size > MOST_BYTES) {
                throw refused(size == 0 ? "the file is empty" : "the file is too large");
            }
        } catch (IOException e) {
            throw refused(FileFault.of(e));
        }
    }

    TlsException refused(String reason) {
        return new TlsException(part, reason, false);
    }

    /** Returns an empty in-memory key store, which the platform takes as the container of certificates and keys. */
    static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
