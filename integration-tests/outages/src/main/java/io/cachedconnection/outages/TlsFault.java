package io.cachedconnection.outages;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.TlsUpgrade;
import io.cachedconnection.internal.tls.ReloadingTls;
import io.cachedconnection.internal.tls.TlsEvents;
import io.cachedconnection.internal.tls.TlsException;
import io.cachedconnection.internal.tls.TlsFiles;
import io.cachedconnection.internal.tls.TlsPart;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Redis behind TLS that suddenly shows a certificate which nobody knows. */
final class TlsFault {

    private final Options options;
    private @Nullable Certificates certificates; // once: making them takes a while

    TlsFault(Options options) {
        this.options = options;
    }

    Scene scene() throws Exception {
        if (certificates == null) {
            certificates = Certificates.made(options.newDirectory("tls"));
        }
        return scene(certificates);
    }

    private static Scene scene(Certificates certificates) throws Exception {
        int port = LoopbackPorts.free();
        RedisProcess redis = RedisProcess.started(
                "--tls-port",
                String.valueOf(port),
                "--tls-cert-file",
                certificates.trusted(),
                "--tls-key-file",
                certificates.key(),
                "--tls-ca-cert-file",
                certificates.trusted(),
                "--tls-auth-clients",
                "no");
        ConnectionSettings connectionSettings = new ConnectionSettings(Credentials.NONE, tls(certificates), 0, null);
        Scene.Act strike = () -> show(redis, certificates.untrusted());
        Scene.Act end = () -> show(redis, certificates.trusted());
        return new Scene(Scene.server(port), connectionSettings, strike, end, List.of(redis));
    }

    private static TlsUpgrade tls(Certificates certificates) throws TlsException {
        Path authority = Path.of(certificates.trusted());
        return new ReloadingTls(
                new TlsFiles(Map.of(TlsPart.CA, authority), Map.of(), true), new Quiet(), InstantSource.system());
    }

    /** The files do not change, so there is nothing to tell. */
    private static final class Quiet implements TlsEvents {

        @Override
        public void kept(TlsException why) {
            throw new IllegalStateException(why);
        }

        @Override
        public void expired(Instant end) {
            throw new IllegalStateException("Expired: " + end);
        }
    }

    private static void show(RedisProcess redis, String certificate) {
        Ask.server(redis.port(), "CONFIG", "SET", "tls-cert-file", certificate);
        Ask.server(redis.port(), "CLIENT", "KILL", "TYPE", "normal");
    }
}
