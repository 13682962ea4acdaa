package io.cachedconnection.internal.endpoint;

import java.io.IOException;
import java.net.Socket;

/** Encrypts connections. Thread-safe. */
@FunctionalInterface
public interface TlsUpgrade {

    /** Wraps {@code plain}, which is connected to {@code server}; performs the handshake and verifies the server. */
    Socket encrypted(Socket plain, HostPort server) throws IOException;
}
