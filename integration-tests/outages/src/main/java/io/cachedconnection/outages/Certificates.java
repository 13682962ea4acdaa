package io.cachedconnection.outages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A key with two certificates, one that an application trusts and one that it does not, as files. */
final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path directory;

    private Certificates(Path directory) {
        this.directory = directory;
    }

    /** Makes them in {@code directory}. */
    static Certificates made(Path directory) throws Exception {
        Certificates certificates = new Certificates(directory);
        certificates.make();
        return certificates;
    }

    private void make() throws Exception {
        keytool("-genkeypair -keyalg EC -groupname secp256r1 -dname CN=known -ext san=ip:127.0.0.1", "key.p12");
        keytool("-exportcert -rfc -file " + trusted(), "key.p12");
        keytool("-selfcert -dname CN=unknown -ext san=ip:127.0.0.1", "key.p12");
        keytool("-exportcert -rfc -file " + untrusted(), "key.p12");
        writeKey();
    }

    private void keytool(String order, String store) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "keytool");
        command.addAll(List.of(order.split(" ")));
        command.addAll(List.of("-alias", "redis", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", file(store)));
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("keytool has failed.");
        }
    }

    private void writeKey() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("key.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        Key secret = store.getKey("redis", PASSWORD.toCharArray());
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(secret.getEncoded());
        String pem = "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
        Files.write(directory.resolve("key.pem"), pem.getBytes(US_ASCII));
    }

    String key() {
        return file("key.pem");
    }

    String trusted() {
        return file("known.pem");
    }

    String untrusted() {
        return file("unknown.pem");
    }

    private String file(String name) {
        return directory.resolve(name).toAbsolutePath().toString();
    }
}
