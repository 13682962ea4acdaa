package io.cachedconnection.outages;

import io.cachedconnection.internal.core.Access;
import io.cachedconnection.internal.core.Credentials;
import io.cachedconnection.internal.tls.Tls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Redis behind TLS that suddenly shows a certificate which nobody knows. */
final class TlsFault {

    private final Options options;
    private @Nullable Certificates certificates; // once: what a JVM trusts by default stays the same

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
        Access access = new Access(Credentials.NONE, new Tls(), 0, null);
        Scene.Act strike = () -> show(redis, certificates.untrusted());
        Scene.Act end = () -> show(redis, certificates.trusted());
        return new Scene(Scene.server(port), access, strike, end, List.of(redis));
    }

    private static void show(RedisProcess redis, String certificate) {
        Ask.server(redis.port(), "CONFIG", "SET", "tls-cert-file", certificate);
        Ask.server(redis.port(), "CLIENT", "KILL", "TYPE", "normal");
    }
}
