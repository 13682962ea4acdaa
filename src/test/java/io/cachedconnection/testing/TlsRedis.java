package io.cachedconnection.testing;

import io.cachedconnection.testing.Certificates.Issued;
import java.nio.file.Path;

/** A Redis that speaks TLS only, on the port of its process. */
public final class TlsRedis {

    private TlsRedis() {}

    /**
     * A Redis with this certificate, its files in {@code directory}.
     *
     * @param clients who vouches for its clients; null if it asks for no certificate of theirs
     */
    public static RedisProcess started(Path directory, Issued server, Certificates clients) {
        return RedisProcess.started(options(directory, server, clients));
    }

    /** The same as options of a {@link RedisProcess}, which makes it speak TLS. */
    public static String[] options(Path directory, Issued server, Certificates clients) {
        Path certificate = Certificates.write(directory.resolve("redis.crt"), server.certificate());
        Path key = Certificates.writeKey(directory.resolve("redis.key"), server);
        Path authority = Certificates.write(
                directory.resolve("redis-ca.crt"), clients == null ? server.certificate() : clients.certificate());
        return new String[] {
            "--tls-cert-file", certificate.toString(),
            "--tls-key-file", key.toString(),
            "--tls-ca-cert-file", authority.toString(),
            "--tls-auth-clients", clients == null ? "no" : "yes"
        };
    }
}
