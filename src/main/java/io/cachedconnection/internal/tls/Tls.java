package io.cachedconnection.internal.tls;

import io.cachedconnection.internal.core.HostPort;
import io.cachedconnection.internal.core.TlsUpgrade;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Encryption by TLS. What its files hold is read at the start, and again when one of them has changed since; if they cannot
 * be used then, what was read before stays. Thread-safe.
 */
public final class Tls implements TlsUpgrade {

    private final TlsFiles files;
    private final TlsEvents events;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private List<Stamp> seen; // guarded by reading
    private Material material; // guarded by reading
    private @Nullable Instant mourned; // guarded by reading; the end of which was said that it has come

    /**
     * TLS by {@code files}.
     *
     * @throws TlsException if one of them cannot be used
     */
    public Tls(TlsFiles files, TlsEvents events, InstantSource clock) throws TlsException {
        this.files = files;
        this.events = events;
        this.clock = clock;
        this.seen = stamps(); // before reading, so that a change in between is seen as one
        this.material = Material.of(files);
    }

    @Override
    public Socket encrypted(Socket plain, HostPort server) throws IOException {
        SSLSocket encrypted = (SSLSocket) current().sockets().createSocket(plain, server.host(), server.port(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(files.verifyHost() ? "HTTPS" : null);
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    /** What holds now. Called on threads that make connections, so looking at the files costs no caller anything. */
    private Material current() {
        reading.lock();
        try {
            refresh();
            mournOnce();
            return material;
        } finally {
            reading.unlock();
        }
    }

    private void refresh() {
        List<Stamp> now = stamps();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            material = Material.of(files);
        } catch (TlsException e) {
            events.kept(e);
        }
    }

    private void mournOnce() {
        @Nullable Instant end = material.end();
        if (end != null && !end.equals(mourned) && clock.instant().isAfter(end)) {
            mourned = end;
            events.expired(end);
        }
    }

    private List<Stamp> stamps() {
        return files.paths().values().stream().map(Stamp::of).toList();
    }
}
