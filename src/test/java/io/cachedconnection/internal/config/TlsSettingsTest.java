package io.cachedconnection.internal.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.TlsUpgrade;
import io.cachedconnection.testing.Certificates;
import io.cachedconnection.testing.Certificates.Issued;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSettingsTest {

    private static final Certificates AUTHORITY = Certificates.authority("authority");
    private static final Issued CLIENT = AUTHORITY.issue("client");
    private static final Issued OTHER = AUTHORITY.issue("other");
    private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
    private static final String PREFIX = "cached-connection.redis.tls.";
    private static final char[] PASSWORD = Seeds.PASSWORD.toCharArray();

    @TempDir
    Path directory;

    private final MapConfig config = MapConfig.of("cached-connection.redis.uri", "rediss://cache.example");

    private Path certificate;
    private Path key;

    @BeforeEach
    void writeFiles() {
        certificate = Certificates.write(directory.resolve("client.pem"), CLIENT.certificate());
        key = Certificates.writeKey(directory.resolve("client.key"), CLIENT);
    }

    @Test
    void read_allInPem_isTaken() {
        set("ca-file", Certificates.write(directory.resolve("ca.pem"), AUTHORITY.certificate()));
        set("certificate-file", certificate);
        set("key-file", key);
        set("verify-host", "false");

        assertThat(problems()).isEmpty();
        assertThat(read().redis().access().encryption()).isNotNull();
    }

    @Test
    void read_certificateAndKeyInOneFile_areTaken() throws IOException {
        Path both = directory.resolve("both.pem");
        Files.writeString(both, "a comment: \u00e9\n" + Files.readString(key) + Files.readString(certificate));
        set("certificate-file", both);
        set("key-file", both);

        assertThat(problems()).isEmpty();
    }

    @Test
    void read_expiredCertificate_isNoReasonNotToStart() {
        Issued expired = AUTHORITY.issue("RSA", PAST, "client");
        set("certificate-file", Certificates.write(certificate, expired.certificate()));
        set("key-file", Certificates.writeKey(key, expired));

        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ca-file, the path of a PEM file with one or more certificates",
        "trust-store, the path of a PKCS12 or JKS file with certificates",
        "key-store, 'the path of a PKCS12 or JKS file with one key, its certificate and the same password'",
    })
    void read_fileThatIsNone_isRefused(String name, String allowed) throws IOException {
        Path missing = directory.resolve("missing");
        set(name, missing);
        assertThat(problems()).containsExactly(refused(name, missing, "there is no such file", allowed));

        set(name, directory);
        assertThat(problems()).containsExactly(refused(name, directory, "it is not a regular file", allowed));

        set(name, Files.createFile(directory.resolve("empty")));
        assertThat(problems()).singleElement().asString().contains(": the file is empty. Allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "ca-file, the file holds no certificate in PEM (BEGIN CERTIFICATE)",
        "trust-store, 'its password is wrong, or the file is damaged|the file is not a key store'",
        "key-store, 'its password is wrong, or the file is damaged|the file is not a key store'",
    })
    void read_garbage_isRefused(String name, String reasons) throws IOException {
        set(name, Files.writeString(directory.resolve("garbage"), Seeds.PASSWORD + " garbage"));

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("CC-0209 Setting " + PREFIX + name + " is ")
                .containsAnyOf(reasons.split("\\|"))
                .doesNotContain(Seeds.PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "A", "*", "MIIB"})
    void read_damagedCertificate_isRefused(String content) throws IOException {
        set(
                "ca-file",
                Files.writeString(
                        directory.resolve("ca.pem"),
                        Certificates.pem(AUTHORITY.certificate()) + "-----BEGIN CERTIFICATE-----\n" + content
                                + "\n-----END CERTIFICATE-----\n"));

        assertThat(problems())
                .singleElement()
                .asString()
                .contains(": a certificate in the file is damaged or cut off. Allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "RSA PRIVATE KEY, the key is not PKCS#8",
        "EC PRIVATE KEY, the key is not PKCS#8",
        "ENCRYPTED PRIVATE KEY, the key is encrypted",
    })
    void read_keyInAnotherForm_isRefusedWithTheCommandThatConvertsIt(String label, String reason) throws IOException {
        set("certificate-file", certificate);
        set(
                "key-file",
                Files.writeString(
                        key, Certificates.pem(label, CLIENT.keys().getPrivate().getEncoded())));

        assertThat(problems())
                .containsExactly(refused(
                        "key-file",
                        "(not shown)",
                        reason + "; to convert it: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW",
                        "the path of a PEM file with an unencrypted PKCS#8 key, RSA or EC (BEGIN PRIVATE KEY)"));
    }

    @Test
    void read_oldEncryptedKey_isRefused() throws IOException {
        set("certificate-file", certificate);
        set("key-file", Files.writeString(key, """
                        -----BEGIN RSA PRIVATE KEY-----
                        Proc-Type: 4,ENCRYPTED
                        DEK-Info: AES-256-CBC,00

                        AAAA
                        -----END RSA PRIVATE KEY-----
                        """));

        assertThat(problems()).singleElement().asString().contains("the key is not PKCS#8; to convert it");
    }

    @Test
    void read_damagedKey_isRefused() throws IOException {
        set("certificate-file", certificate);
        set("key-file", Files.writeString(key, Certificates.pem("PRIVATE KEY", "garbage".getBytes(UTF_8))));

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("the key is damaged or cut off, or neither RSA nor EC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca-file", "certificate-file", "key-file"})
    void read_fileThatIsCutOff_isRefused(String name) throws IOException {
        set("certificate-file", certificate);
        set("key-file", key);
        String text = Files.readString(name.equals("key-file") ? key : certificate);
        Path half = directory.resolve("half.pem");
        set(name, half);

        Files.writeString(half, text.substring(0, text.length() / 2)); // ends within the Base64
        assertThat(problems()).singleElement().asString().contains(name + " is ", "damaged or cut off");

        Files.writeString(half, text.substring(0, text.length() - 10)); // ends within its last line
        assertThat(problems()).singleElement().asString().contains(name + " is ", "damaged or cut off");

        Files.writeString(half, text.substring(0, text.length() / 2) + "\n" + text); // the next one begins within it
        assertThat(problems()).singleElement().asString().contains(name + " is ", "damaged or cut off");
    }

    @Test
    void read_secondCertificateThatIsCutOff_isRefused() throws IOException {
        String text = Files.readString(certificate);
        Files.writeString(certificate, text + text.substring(0, text.length() / 2));
        set("ca-file", certificate);

        assertThat(problems()).singleElement().asString().contains("damaged or cut off (a BEGIN without its END)");
    }

    @Test
    void read_noKeyOrTwo_isRefused() throws IOException {
        set("certificate-file", certificate);
        set("key-file", certificate);
        assertThat(problems()).singleElement().asString().contains("key-file", "the file holds no key in PEM");

        set("key-file", Files.writeString(key, Files.readString(key).repeat(2)));
        assertThat(problems()).singleElement().asString().contains("the file holds more than one key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void read_keyOfAnotherCertificate_isRefused(String algorithm) {
        Issued stranger = AUTHORITY.issue(algorithm, Instant.now().plusSeconds(60), "stranger");
        set("certificate-file", certificate);
        set("key-file", Certificates.writeKey(key, stranger));

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("the key does not match the first certificate in the certificate file");
    }

    @Test
    void read_certificatesInNoOrder_areRefused() {
        set("certificate-file", Certificates.write(certificate, CLIENT.certificate(), OTHER.certificate()));
        set("key-file", key);

        assertThat(problems()).singleElement().asString().contains("certificate-file", "are out of order");
    }

    @Test
    void read_theSameCertificateTwice_isRefused() {
        Certificates below = AUTHORITY.below("below");
        Issued client = below.issue("client");
        set(
                "certificate-file",
                Certificates.write(
                        certificate,
                        client.certificate(),
                        below.certificate(),
                        AUTHORITY.certificate(),
                        AUTHORITY.certificate()));
        set("key-file", Certificates.writeKey(key, client));

        assertThat(problems()).singleElement().asString().contains("certificate-file", "are out of order");
    }

    @Test
    void read_certificateWithoutKey_isRefused() {
        set("certificate-file", certificate);

        assertThat(problems()).containsExactly(incomplete("certificate-file", "key-file"));
    }

    @Test
    void read_keyWithoutCertificate_isRefused() {
        set("key-file", key);

        assertThat(problems()).containsExactly(incomplete("key-file", "certificate-file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trust-store", "key-store"})
    void read_passwordWithoutItsStore_isRefused(String store) {
        set(store + "-password", Seeds.PASSWORD);

        assertThat(problems()).containsExactly(incomplete(store + "-password", store));
    }

    @Test
    void read_bothFormsForOnePurpose_areRefused() throws Exception {
        set("ca-file", certificate);
        set("trust-store", trustStore());
        set("certificate-file", certificate);
        set("key-file", key);
        set("key-store", keyStore(CLIENT, PASSWORD));
        set("trust-store-password", Seeds.PASSWORD);
        set("key-store-password", Seeds.PASSWORD);

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        conflict("ca-file", "trust-store"),
                        conflict("certificate-file", "key-store"),
                        conflict("key-file", "key-store"));
    }

    @Test
    void read_stores_areTaken() throws Exception {
        set("trust-store", trustStore());
        set("trust-store-password", Seeds.PASSWORD);
        set("key-store", keyStore(CLIENT, PASSWORD));
        set("key-store-password", Seeds.PASSWORD);

        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trust-store", "key-store"})
    void read_storeWithAWrongPassword_isRefused(String name) throws Exception {
        set(name, name.equals("trust-store") ? trustStore() : keyStore(CLIENT, PASSWORD));
        set(name + "-password", Seeds.PASSWORD + "2");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("its password is wrong, or the file is damaged")
                .doesNotContain(Seeds.PASSWORD);
    }

    @Test
    void read_trustStoreWithoutItsPassword_isRefused() throws Exception {
        set("trust-store", trustStore());

        assertThat(problems()).singleElement().asString().contains("CC-0209", "trust-store", "or needs its password");
    }

    @Test
    void read_keyStoreWithoutItsPassword_isIncomplete() throws Exception {
        set("key-store", keyStore(CLIENT, PASSWORD));

        assertThat(problems()).containsExactly(incomplete("key-store", "key-store-password"));
    }

    @Test
    void read_keyStoreWithAnEmptyPassword_isIncompleteForItsCertificateIsEncrypted() throws Exception {
        KeyStore store = empty();
        store.setKeyEntry("me", CLIENT.keys().getPrivate(), new char[0], new Certificate[] {CLIENT.certificate()});
        set("key-store", stored(store, "empty.p12"));

        assertThat(problems()).containsExactly(incomplete("key-store", "key-store-password"));
    }

    @Test
    void read_allFilesMissing_namesAllOfThem() {
        List<String> names = List.of("ca-file", "certificate-file", "key-file");
        names.forEach(name -> set(name, directory.resolve("missing")));

        assertThat(problems()).hasSize(3).allMatch(problem -> problem.contains(": there is no such file. Allowed: "));
        assertThat(problems())
                .zipSatisfy(names, (problem, name) -> assertThat(problem).contains(PREFIX + name + " is "));
    }

    @Test
    void read_missingAuthorityAndForeignKey_areBothNamed() {
        set("ca-file", directory.resolve("missing"));
        set("certificate-file", certificate);
        set("key-file", Certificates.writeKey(key, OTHER));

        assertThat(problems()).hasSize(2);
        assertThat(problems().get(0)).contains("ca-file", "there is no such file");
        assertThat(problems().get(1)).contains("key-file", "the key does not match the first certificate");
    }

    @Test
    void read_conflict_doesNotHideWhatIsWrongWithTheFiles() throws IOException {
        set("ca-file", directory.resolve("missing"));
        set("trust-store", directory);
        set("certificate-file", Files.writeString(certificate, "garbage"));

        assertThat(problems()).hasSize(5);
        assertThat(problems()).contains(conflict("ca-file", "trust-store"), incomplete("certificate-file", "key-file"));
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("ca-file", "there is no such file"));
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("trust-store", "not a regular file"));
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("the file holds no certificate"));
    }

    @Test
    void read_wrongUri_doesNotHideWhatIsWrongWithTheFiles() {
        config.set("cached-connection.redis.uri", "rediss//cache.example");
        set("ca-file", directory.resolve("missing"));
        set("key-file", key);

        assertThat(problems()).hasSize(3).anyMatch(problem -> problem.contains("redis.uri is "));
        assertThat(problems()).contains(incomplete("key-file", "certificate-file"));
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("ca-file", "there is no such file"));
    }

    @Test
    void read_wrongUri_bringsNoProblemOfGoodFiles() {
        config.set("cached-connection.redis.uri", "rediss//cache.example");
        set("certificate-file", certificate);
        set("key-file", key);
        set("verify-host", "false");

        assertThat(problems()).singleElement().asString().contains("redis.uri");
    }

    @Test
    void read_storeWithoutAKey_isRefused() throws Exception {
        set("key-store", trustStore());
        set("key-store-password", Seeds.PASSWORD);

        assertThat(problems()).singleElement().asString().contains("the store holds no key");
    }

    @Test
    void read_storeWhoseKeyIsNotOfItsCertificate_isRefused() throws Exception {
        set("key-store", keyStore(new Issued(OTHER.keys(), CLIENT.certificate()), PASSWORD));
        set("key-store-password", Seeds.PASSWORD);

        assertThat(problems()).singleElement().asString().contains("its key does not match its certificate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ca-file",
                "certificate-file",
                "key-file",
                "trust-store",
                "trust-store-password",
                "key-store",
                "key-store-password",
                "verify-host"
            })
    void read_settingOfTlsWithoutTls_isRefused(String name) {
        config.set("cached-connection.redis.uri", "redis-cluster://one:1");
        set(name, "false");

        assertThat(problems())
                .containsExactly("CC-0210 Setting " + PREFIX + name + " in the map is for TLS (rediss://), which"
                        + " cached-connection.redis.uri is not. Remove the one, or correct the other.");
    }

    @Test
    void read_anythingWithAUnixSocket_hasNoTls() {
        config.set("cached-connection.redis.uri", "redis+unix:///run/redis.sock");
        set("verify-host", "true");

        assertThat(problems()).singleElement().asString().startsWith("CC-0210 ");
    }

    @Test
    void read_wrongTruth_isRefusedOnce() {
        set("verify-host", "no");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("CC-0202 Setting " + PREFIX + "verify-host is 'no'");
    }

    @Test
    void read_keyInPlaceOfItsPath_isNotShown() throws IOException {
        set("certificate-file", certificate);
        set("key-file", Files.readString(key));

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("(not shown)")
                .doesNotContain(Base64.getEncoder()
                        .encodeToString(CLIENT.keys().getPrivate().getEncoded())
                        .substring(0, 20));
    }

    @Test
    void encrypted_filesThatGoBadWhileItRuns_areAWarning() throws IOException {
        Path file = Certificates.write(directory.resolve("ca.pem"), AUTHORITY.certificate());
        set("ca-file", file);
        List<String> warnings = new ArrayList<>();
        TlsUpgrade tls = encryption(warnings);
        Files.writeString(file, Seeds.PASSWORD + " garbage");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));

        use(tls);

        assertThat(warnings)
                .containsExactly(
                        "CC-0214 The files for TLS have changed but cannot be used, so the last ones stay in use."
                                + System.lineSeparator()
                                + refused(
                                        "ca-file",
                                        file,
                                        "the file holds no certificate in PEM (BEGIN CERTIFICATE)",
                                        "the path of a PEM file with one or more certificates"));
    }

    @Test
    void encrypted_certificateThatHasExpired_isAWarning() {
        Issued expired = AUTHORITY.issue("EC", PAST, "client");
        set("certificate-file", Certificates.write(certificate, expired.certificate()));
        set("key-file", Certificates.writeKey(key, expired));
        List<String> warnings = new ArrayList<>();

        use(encryption(warnings));

        assertThat(warnings)
                .containsExactly("CC-0215 The certificate of setting " + PREFIX + "certificate-file in the map has"
                        + " expired at 2020-01-01T00:00:00Z. Redis will refuse it. Renew it.");
    }

    private TlsUpgrade encryption(List<String> warnings) {
        return new RedisSettingsReader(new ConfigReader(config), warning -> warnings.add(ScannedLog.text(warning)))
                .settings()
                .access()
                .encryption();
    }

    // There is nobody at the other end, but before it comes to that, the files have been looked at.
    private static void use(TlsUpgrade tls) {
        assertThatIOException().isThrownBy(() -> tls.encrypted(new Socket(), new HostPort("cache.example", 6379)));
    }

    private void set(String name, Object value) {
        config.set(PREFIX + name, value.toString());
    }

    private ParsedConfig read() {
        return ScannedLog.text(new SettingsReader(config).read(Set.of()));
    }

    private List<String> problems() {
        return read().problems();
    }

    private static String refused(String name, Object shown, String reason, String allowed) {
        return "CC-0209 Setting " + PREFIX + name + " is '" + shown + "' in the map: " + reason + ". Allowed: "
                + allowed + ".";
    }

    private static String incomplete(String name, String other) {
        return "CC-0212 Setting " + PREFIX + name + " in the map has no effect without " + PREFIX + other
                + ". Set both, or remove the first.";
    }

    private static String conflict(String one, String other) {
        return "CC-0211 Setting " + PREFIX + one + " in the map and setting " + PREFIX + other
                + " in the map exclude each other. Remove one of them.";
    }

    private Path trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setCertificateEntry("ca", AUTHORITY.certificate());
        return stored(store, "trust.p12");
    }

    private Path keyStore(Issued issued, char[] keyPassword) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry("me", issued.keys().getPrivate(), keyPassword, new Certificate[] {issued.certificate()});
        return stored(store, "keys.p12");
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private Path stored(KeyStore store, String name) throws GeneralSecurityException, IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
        return file;
    }
}
