package io.cachedconnection.internal.endpoint;

import java.util.List;
import java.util.stream.Collectors;

/** Where Redis is, in one of the ways in which it is run. */
public sealed interface Endpoint {

    /** For people; names no login. */
    String text();

    /** One server, or something that stands before one. */
    record ServerEndpoint(HostPort address) implements Endpoint {
        @Override
        public String text() {
            return address.toString();
        }
    }

    /** One server on this machine, behind a Unix socket; {@code path} is its file. */
    record UnixSocketEndpoint(String path) implements Endpoint {
        @Override
        public String text() {
            return path;
        }
    }

    /** A Redis Cluster; one of {@code seeds} is enough to find all its nodes. */
    record ClusterEndpoint(List<HostPort> seeds) implements Endpoint {
        @Override
        public String text() {
            return joined(seeds);
        }
    }

    /** The server that Sentinels name as {@code master}; {@code login} is for the Sentinels themselves. */
    record SentinelEndpoint(List<HostPort> addresses, String master, Login login) implements Endpoint {
        @Override
        public String text() {
            return joined(addresses) + "/" + master;
        }
    }

    private static String joined(List<HostPort> addresses) {
        return addresses.stream().map(HostPort::toString).collect(Collectors.joining(","));
    }
}
