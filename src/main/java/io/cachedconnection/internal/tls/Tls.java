package io.cachedconnection.internal.tls;

import io.cachedconnection.internal.core.Encryption;
import io.cachedconnection.internal.core.HostPort;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Encryption by TLS, which trusts whom the Java platform trusts. Thread-safe. */
public final class Tls implements Encryption {

    private final SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();

    @Override
    public Socket encrypted(Socket plain, HostPort server) throws IOException {
        SSLSocket encrypted = (SSLSocket) factory.createSocket(plain, server.host(), server.port(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must name the host
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }
}
