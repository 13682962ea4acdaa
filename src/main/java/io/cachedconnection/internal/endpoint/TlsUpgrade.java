package io.cachedconnection.internal.endpoint;

import java.io.IOException;
import java.net.Socket;

/** How connections are encrypted. Thread-safe. */
@FunctionalInterface
public interface TlsUpgrade {

    /** A socket over {@code plain}, which is connected to {@code server}, with the handshake done and the server checked. */
    Socket encrypted(Socket plain, HostPort server) throws IOException;
}
