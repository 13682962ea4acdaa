package io.cachedconnection.internal.endpoint;

/**
 * The address of a server.
 *
 * @param host a host name or an IP address; IPv6 without brackets
 * @param port from 1 to 65535
 */
public record HostPort(String host, int port) {

    /** Returns the usual form, with brackets around IPv6: {@code cache.example:6379}. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
