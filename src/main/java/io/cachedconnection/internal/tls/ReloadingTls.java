package io.cachedconnection.internal.tls;

import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.TlsUpgrade;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts connections by TLS. Reads its files at the start and again when one of them changes. If the new files cannot be
 * used, the last ones stay in use. Thread-safe.
 */
public final class ReloadingTls implements TlsUpgrade {

    private final TlsFiles files;
    private final TlsEvents events;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private List<List<?>> seen; // guarded by reading
    private Sockets sockets; // guarded by reading
    private @Nullable Instant
            reported; // guarded by reading; the end of the last certificate that was reported as expired

    /**
     * Creates TLS from {@code files}.
     *
     * @throws TlsException if one of the files cannot be used
     */
    public ReloadingTls(TlsFiles files, TlsEvents events, InstantSource clock) throws TlsException {
        this.files = files;
        this.events = events;
        this.clock = clock;
        this.seen = versions(); // before reading, so that a concurrent change is seen as one
        this.sockets = Sockets.of(files);
    }

    /**
     * The sockets made from the files. Creating them takes about 50 ms, so they are kept.
     *
     * @param end when the client certificate expires; null if there is none
     */
    private record Sockets(
            SSLSocketFactory factory, @Nullable Instant end) {

        static Sockets of(TlsFiles files) throws TlsException {
            try {
                TrustManager @Nullable [] trust = files.trustManagers();
                @Nullable ClientIdentity identity = files.identity();
                if (trust == null && identity == null) {
                    return new Sockets((SSLSocketFactory) SSLSocketFactory.getDefault(), null);
                }
                SSLContext context = SSLContext.getInstance("TLS");
                // Null means the platform's trust store and no client certificate.
                context.init(identity == null ? null : identity.managers(), trust, null);
                return new Sockets(context.getSocketFactory(), identity == null ? null : identity.end());
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("Every Java platform has what this takes.", e);
            }
        }
    }

    @Override
    public Socket encrypted(Socket plain, HostPort server) throws IOException {
        SSLSocket encrypted = (SSLSocket) current().createSocket(plain, server.host(), server.port(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(files.verifyHost() ? "HTTPS" : null);
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    /** Returns the current socket factory. Threads that open connections call this, so checking the files delays no caller. */
    private SSLSocketFactory current() {
        reading.lock();
        try {
            List<List<?>> now = versions();
            if (!now.equals(seen)) {
                seen = now;
                try {
                    sockets = Sockets.of(files);
                } catch (TlsException e) {
                    events.kept(e);
                }
            }
            @Nullable Instant end = sockets.end;
            if (end != null && !end.equals(reported) && clock.instant().isAfter(end)) {
                reported = end;
                events.expired(end);
            }
            return sockets.factory;
        } finally {
            reading.unlock();
        }
    }

    private List<List<?>> versions() {
        return files.paths().values().stream()
                .<List<?>>map(ReloadingTls::version)
                .toList();
    }

    /** Identifies the version of a file, to detect a replacement with the same name. */
    private static List<?> version(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            // The file key changes if a symbolic link points elsewhere; it is null on file systems without file keys.
            return Arrays.asList(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) { // reading the file will report the reason
            return List.of();
        }
    }
}
