package io.cachedconnection.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One file, and what it is for. */
record TlsFile(TlsPart part, Path path) {

    private static final long MOST_BYTES = 16 * 1024 * 1024;

    /** All certificates in a PEM file, at least one; what else there is in it is passed over. */
    List<X509Certificate> certificates() throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Pem.Block block : pem()) {
            if (block.label().equals(Pem.CERTIFICATE)) {
                certificates.add(certificate(block.bytes()));
            }
        }
        if (certificates.isEmpty()) {
            throw refused("the file holds no certificate in PEM (BEGIN CERTIFICATE)");
        }
        return certificates;
    }

    /** All blocks of a PEM file. */
    List<Pem.Block> pem() throws TlsException {
        checked();
        try {
            String text = Files.readString(path, ISO_8859_1); // comments may be in any character set
            if (Pem.isCutOff(text)) {
                throw refused("the file is damaged or cut off (a BEGIN without its END)");
            }
            return Pem.blocks(text);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** A key store, of whatever kind the platform knows. */
    KeyStore store(char @Nullable [] password) throws TlsException {
        checked();
        try {
            return KeyStore.getInstance(new File(path.toString()), password);
        } catch (IOException e) {
            throw refused("its password is wrong, or the file is damaged");
        } catch (GeneralSecurityException e) {
            throw refused("the file is no key store");
        }
    }

    TlsException refused(String reason) {
        return new TlsException(part, reason);
    }

    private X509Certificate certificate(byte[] encoded) throws TlsException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw refused("a certificate in the file is damaged or cut off");
        }
    }

    private void checked() throws TlsException {
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
            throw unreadable(e);
        }
    }

    private TlsException unreadable(IOException e) {
        return refused(FileFault.of(e));
    }
}
