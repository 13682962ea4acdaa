package io.cachedconnection.internal.endpoint;

/**
 * Where a server listens.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port from 1 to 65535
 */
public record HostPort(String host, int port) {

    /** As people write it, an IPv6 address in brackets: {@code cache.example:6379}. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
