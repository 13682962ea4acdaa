package io.cachedconnection.internal.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.endpoint.Secret;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.redis.JedisStore;
import io.cachedconnection.testing.Certificates;
import io.cachedconnection.testing.Certificates.Issued;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.TlsRedis;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS against real servers: one that takes anybody, and one that wants to see a certificate. */
class ReloadingTlsTest {

    private static final Certificates AUTHORITY = Certificates.authority("right");
    private static final Certificates OTHER = Certificates.authority("wrong");
    private static final Certificates CLIENTS = Certificates.authority("clients");
    private static final String HOST = "127.0.0.1";
    private static final char[] PASSWORD = Seeds.PASSWORD.toCharArray();

    @TempDir
    static Path servers;

    private static RedisProcess open;
    private static RedisProcess asking;

    @TempDir
    Path directory;

    private final NotedTls events = new NotedTls();

    @BeforeAll
    static void start() throws IOException {
        open = TlsRedis.started(
                Files.createDirectory(servers.resolve("open")), AUTHORITY.issue(HOST, "localhost"), null);
        asking = TlsRedis.started(
                Files.createDirectory(servers.resolve("asking")), AUTHORITY.issue(HOST, "localhost"), CLIENTS);
    }

    @AfterAll
    static void stop() {
        open.close();
        asking.close();
    }

    @Test
    void encrypted_authorityInAFile_isTrusted() throws Exception {
        assertThat(answer(tls(Map.of(TlsPart.CA, ca(AUTHORITY))), open, HOST)).isEqualTo("+PONG");
    }

    @Test
    void encrypted_oneOfSeveralAuthorities_isTrusted() throws Exception {
        Path file = Certificates.write(directory.resolve("ca.pem"), OTHER.certificate(), AUTHORITY.certificate());

        assertThat(answer(tls(Map.of(TlsPart.CA, file)), open, HOST)).isEqualTo("+PONG");
    }

    @Test
    void encrypted_nothingSaid_trustsNoPrivateAuthority() {
        assertThatThrownBy(() -> answer(new ReloadingTls(TlsFiles.NONE, events, InstantSource.system()), open, HOST))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("unable to find valid certification path");
    }

    @Test
    void encrypted_otherAuthority_isNotTrusted() {
        assertThatThrownBy(() -> answer(tls(Map.of(TlsPart.CA, ca(OTHER))), open, HOST))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("unable to find valid certification path");
    }

    @Test
    void encrypted_certificateForAnotherHost_isRefused() throws Exception {
        try (RedisProcess elsewhere = TlsRedis.started(directory, AUTHORITY.issue("cache.example"), null)) {
            Map<TlsPart, Path> paths = Map.of(TlsPart.CA, ca(AUTHORITY));

            assertThatThrownBy(() -> answer(tls(paths), elsewhere, HOST))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("No subject alternative names matching IP address 127.0.0.1");
            assertThatThrownBy(() -> answer(tls(paths), elsewhere, "localhost"))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("No subject alternative DNS name matching localhost");
            assertThat(answer(lenient(paths), elsewhere, HOST)).isEqualTo("+PONG");
        }
    }

    @Test
    void encrypted_hostNotVerified_mustBeTrustedAllTheSame() {
        assertThatThrownBy(() -> answer(lenient(Map.of(TlsPart.CA, ca(OTHER))), open, HOST))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void encrypted_ownCertificate_isShown(String algorithm) throws Exception {
        Issued client = CLIENTS.issue(algorithm, Instant.now().plus(Duration.ofDays(1)), "client");

        assertThat(answer(tls(with(client)), asking, HOST)).isEqualTo("+PONG");
    }

    @Test
    void encrypted_ownCertificateOfAnIssuerBelow_isShownWithItsChain() throws Exception {
        Certificates below = CLIENTS.below("below");
        Issued client = below.issue("client");
        Map<TlsPart, Path> paths = with(client);
        Certificates.write(paths.get(TlsPart.CERTIFICATE), client.certificate(), below.certificate());

        assertThat(answer(tls(paths), asking, HOST)).isEqualTo("+PONG");
    }

    @Test
    void encrypted_noOwnCertificate_isRefusedByTheServer() {
        assertThatThrownBy(() -> answer(tls(Map.of(TlsPart.CA, ca(AUTHORITY))), asking, HOST))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void encrypted_stores_areTaken(String type) throws Exception {
        Issued client = CLIENTS.issue("client");
        KeyStore trust = empty(type);
        trust.setCertificateEntry("ca", AUTHORITY.certificate());
        KeyStore keys = empty(type);
        keys.setKeyEntry("me", client.keys().getPrivate(), PASSWORD, new Certificate[] {client.certificate()});
        Map<TlsPart, Path> paths =
                Map.of(TlsPart.TRUST_STORE, stored(trust, "trust"), TlsPart.KEY_STORE, stored(keys, "keys"));
        Secret password = new Secret(new String(PASSWORD));
        Map<TlsPart, Secret> passwords = Map.of(TlsPart.TRUST_STORE, password, TlsPart.KEY_STORE, password);

        ReloadingTls reloadingTls =
                new ReloadingTls(new TlsFiles(paths, passwords, true), events, InstantSource.system());

        assertThat(answer(reloadingTls, asking, HOST)).isEqualTo("+PONG");
    }

    @Test
    void encrypted_newAuthorityInTheFile_isTrustedFromThenOn() throws Exception {
        Path file = ca(OTHER);
        ReloadingTls reloadingTls = tls(Map.of(TlsPart.CA, file));
        assertThatThrownBy(() -> answer(reloadingTls, open, HOST)).isInstanceOf(SSLHandshakeException.class);

        Certificates.write(file, AUTHORITY.certificate());
        touch(file, 1);

        assertThat(answer(reloadingTls, open, HOST)).isEqualTo("+PONG");
        assertThat(events.notes).isEmpty();
    }

    @Test
    void encrypted_otherFileUnderTheSameName_isRead() throws Exception {
        Path link = directory.resolve("current.pem");
        Path wrong = Certificates.write(directory.resolve("1.pem"), OTHER.certificate());
        Path right = Certificates.write(directory.resolve("2.pem"), AUTHORITY.certificate());
        Files.setLastModifiedTime(right, Files.getLastModifiedTime(wrong)); // as mounted secrets change: by their link
        Files.createSymbolicLink(link, wrong);
        ReloadingTls reloadingTls = tls(Map.of(TlsPart.CA, link));

        Files.delete(link);
        Files.createSymbolicLink(link, right);

        assertThat(answer(reloadingTls, open, HOST)).isEqualTo("+PONG");
    }

    @Test
    void encrypted_garbageInTheFile_keepsWhatWasAndSaysSoOnce() throws Exception {
        Path file = ca(AUTHORITY);
        ReloadingTls reloadingTls = tls(Map.of(TlsPart.CA, file));
        Files.writeString(file, "garbage");
        touch(file, 1);

        assertThat(answer(reloadingTls, open, HOST)).isEqualTo("+PONG");
        assertThat(answer(reloadingTls, open, HOST)).isEqualTo("+PONG");
        assertThat(events.notes).containsExactly("kept CA: the file holds no certificate in PEM (BEGIN CERTIFICATE)");
    }

    @Test
    void encrypted_fileGone_keepsWhatWas() throws Exception {
        Path file = ca(AUTHORITY);
        ReloadingTls reloadingTls = tls(Map.of(TlsPart.CA, file));
        Files.delete(file);

        assertThat(answer(reloadingTls, open, HOST)).isEqualTo("+PONG");
        assertThat(events.notes).containsExactly("kept CA: there is no such file");
    }

    @Test
    void encrypted_certificateAndKeyRenewedOneAfterTheOther_areTakenTogether() throws Exception {
        Map<TlsPart, Path> paths = with(OTHER.issue("stranger"));
        ReloadingTls reloadingTls = tls(paths);
        assertThatThrownBy(() -> answer(reloadingTls, asking, HOST)).isInstanceOf(IOException.class);
        Issued renewed = CLIENTS.issue("client");

        Certificates.write(paths.get(TlsPart.CERTIFICATE), renewed.certificate());
        touch(paths.get(TlsPart.CERTIFICATE), 1);
        assertThatThrownBy(() -> answer(reloadingTls, asking, HOST)).isInstanceOf(IOException.class);
        Certificates.writeKey(paths.get(TlsPart.KEY), renewed);
        touch(paths.get(TlsPart.KEY), 1);

        assertThat(answer(reloadingTls, asking, HOST)).isEqualTo("+PONG");
        assertThat(events.notes)
                .containsExactly("kept KEY: the key does not match the first certificate in the certificate file");
    }

    @Test
    void encrypted_ownCertificateThatExpires_isSaidOnceAndStillUsed() throws Exception {
        Instant end = Instant.parse("2020-01-01T00:00:00Z");
        ReloadingTls reloadingTls = tls(with(CLIENTS.issue("EC", end, "client")));

        assertThatThrownBy(() -> answer(reloadingTls, asking, HOST)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> answer(reloadingTls, asking, HOST)).isInstanceOf(IOException.class);

        assertThat(events.notes).containsExactly("expired " + end);
    }

    @Test
    void encrypted_nothingChanged_readsNothingAnew() throws Exception {
        Path file = ca(AUTHORITY);
        ReloadingTls reloadingTls = tls(Map.of(TlsPart.CA, file));
        FileTime before = Files.getLastModifiedTime(file);
        String text = Files.readString(file);
        Files.writeString(file, "#".repeat(text.length()));
        Files.setLastModifiedTime(file, before);

        assertThat(answer(reloadingTls, open, HOST)).isEqualTo("+PONG");
        assertThat(events.notes).isEmpty();
    }

    @Test
    void store_overTls_findsWhatWasStored() throws Exception {
        try (JedisStore store = store(tls(with(CLIENTS.issue("client"))), asking)) {
            assertThat(store.find(
                            KeySpace.of("tls", "").key("1"),
                            Duration.ofSeconds(5).toNanos()))
                    .isNull();
        }
    }

    @Test
    void store_overTls_hearsOfChanges() throws Exception {
        NotedHearing hearing = new NotedHearing(Duration.ofMillis(400));
        EntryKey key = KeySpace.of("tls", "").key("2");
        long nanos = Duration.ofSeconds(5).toNanos();
        try (JedisStore store = store(tls(with(CLIENTS.issue("client"))), asking)) {
            store.hear(Set.of("tls:"), hearing);
            hearing.awaitBeginning(1);
            store.begin(key, "W1", nanos);
            store.endWith(key, "W1", Duration.ZERO, new StoredEntry(new byte[] {1}, Duration.ofMinutes(1)), nanos);

            hearing.awaitChanged(key.text());
            hearing.awaitNow();
            hearing.awaitNow();
            assertThat(hearing.endings()).isZero();
        }
    }

    @Test
    void store_wrongAuthority_failsInTime() throws Exception {
        try (JedisStore store = store(tls(Map.of(TlsPart.CA, ca(OTHER))), open)) {
            assertThatThrownBy(() -> store.find(
                            KeySpace.of("tls", "").key("1"),
                            Duration.ofSeconds(1).toNanos()))
                    .isInstanceOf(StoreException.class);
        }
    }

    private static String answer(ReloadingTls reloadingTls, RedisProcess redis, String host) throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), redis.port());
                Socket socket = reloadingTls.encrypted(plain, new HostPort(host, redis.port()))) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write("PING\r\n".getBytes(UTF_8));
            return new String(socket.getInputStream().readNBytes(5), UTF_8);
        }
    }

    private static JedisStore store(ReloadingTls reloadingTls, RedisProcess redis) {
        return new JedisStore(
                new RedisSettings(
                        new Endpoint.ServerEndpoint(new HostPort(HOST, redis.port())),
                        new ConnectionSettings(Credentials.NONE, reloadingTls, 0, null),
                        new PoolSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), 2),
                        new CircuitBreakerSettings(5, Duration.ofSeconds(2))),
                Duration.ofSeconds(30));
    }

    private ReloadingTls tls(Map<TlsPart, Path> paths) throws TlsException {
        return new ReloadingTls(new TlsFiles(paths, Map.of(), true), events, InstantSource.system());
    }

    private ReloadingTls lenient(Map<TlsPart, Path> paths) throws TlsException {
        return new ReloadingTls(new TlsFiles(paths, Map.of(), false), events, InstantSource.system());
    }

    private Path ca(Certificates authority) {
        return Certificates.write(directory.resolve("ca.pem"), authority.certificate());
    }

    private Map<TlsPart, Path> with(Issued client) {
        return Map.of(
                TlsPart.CA,
                ca(AUTHORITY),
                TlsPart.CERTIFICATE,
                Certificates.write(directory.resolve("client.pem"), client.certificate()),
                TlsPart.KEY,
                Certificates.writeKey(directory.resolve("client.key"), client));
    }

    // The clock of a file system may be coarse.
    private static void touch(Path file, int seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
    }

    private static KeyStore empty(String type) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type);
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
