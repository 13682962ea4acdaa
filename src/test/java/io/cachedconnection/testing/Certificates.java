package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of a test's own, and what it has issued. */
public final class Certificates {

    private static final Duration LIFE = Duration.ofDays(1);

    private final Issued authority;

    private Certificates(Issued authority) {
        this.authority = authority;
    }

    /** A new authority, which nobody trusts yet. */
    public static Certificates authority(String name) {
        KeyPair keys = keys("EC");
        X500Principal subject = new X500Principal("CN=" + name);
        X509v3CertificateBuilder builder =
                builder(subject, subject, keys, Instant.now().plus(LIFE));
        return new Certificates(new Issued(keys, signed(with(builder, true), keys)));
    }

    /** Another authority, which this one vouches for. */
    public Certificates below(String name) {
        return new Certificates(issue(name, "EC", Instant.now().plus(LIFE), true));
    }

    /** Its own certificate, for those who are to trust it. */
    public X509Certificate certificate() {
        return authority.certificate();
    }

    /** A certificate, with its key, for these names and addresses; valid for a day. */
    public Issued issue(String... hosts) {
        return issue("EC", Instant.now().plus(LIFE), hosts);
    }

    /** The same with a key of this algorithm, {@code RSA} or {@code EC}, and with this end. */
    public Issued issue(String algorithm, Instant end, String... hosts) {
        return issue(hosts[0], algorithm, end, false, hosts);
    }

    private Issued issue(String name, String algorithm, Instant end, boolean authority, String... hosts) {
        KeyPair keys = keys(algorithm);
        X500Principal issuer = this.authority.certificate().getSubjectX500Principal();
        X509v3CertificateBuilder builder = builder(issuer, new X500Principal("CN=" + name), keys, end);
        with(builder, authority);
        if (hosts.length > 0) {
            name(builder, hosts);
        }
        return new Issued(keys, signed(builder, this.authority.keys()));
    }

    /** Writes certificates, one after the other, as PEM. */
    public static Path write(Path file, X509Certificate... certificates) {
        return write(
                file,
                String.join("", Stream.of(certificates).map(Certificates::pem).toList()));
    }

    /** Writes an unencrypted PKCS#8 key as PEM. */
    public static Path writeKey(Path file, Issued issued) {
        return write(file, pem("PRIVATE KEY", issued.keys().getPrivate().getEncoded()));
    }

    public static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(String label, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text, US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair keys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("EC") ? 256 : 2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, KeyPair keys, Instant end) {
        BigInteger serial = new BigInteger(64, new SecureRandom());
        Date start = Date.from(end.minus(LIFE.multipliedBy(2)));
        return new JcaX509v3CertificateBuilder(issuer, serial, start, Date.from(end), subject, keys.getPublic());
    }

    private static X509v3CertificateBuilder with(X509v3CertificateBuilder builder, boolean authority) {
        try {
            return builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        } catch (CertIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void name(X509v3CertificateBuilder builder, String... hosts) {
        GeneralName[] names = Arrays.stream(hosts)
                .map(host ->
                        new GeneralName(host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        try {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        } catch (CertIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair issuer) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate and its key. */
    public record Issued(KeyPair keys, X509Certificate certificate) {}
}
