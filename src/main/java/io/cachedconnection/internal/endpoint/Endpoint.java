package io.cachedconnection.internal.endpoint;

import java.util.List;
import java.util.stream.Collectors;

/** The address of Redis for each kind of deployment, or its in-memory replacement. */
public sealed interface Endpoint {

    /** Returns a readable address without credentials. */
    String text();

    /** A single server, or a proxy in front of servers. */
    record ServerEndpoint(HostPort address) implements Endpoint {
        @Override
        public String text() {
            return address.toString();
        }
    }

    /** A server on this machine behind the Unix socket file {@code path}. */
    record UnixSocketEndpoint(String path) implements Endpoint {
        @Override
        public String text() {
            return path;
        }
    }

    /** A Redis Cluster. One reachable seed is enough to find all nodes. */
    record ClusterEndpoint(List<HostPort> seeds) implements Endpoint {
        @Override
        public String text() {
            return joined(seeds);
        }
    }

    /** The server that Sentinels name as {@code master}; {@code login} authenticates to the Sentinels. */
    record SentinelEndpoint(List<HostPort> addresses, String master, Login login) implements Endpoint {
        @Override
        public String text() {
            return joined(addresses) + "/" + master;
        }
    }

    /**
     * A memory in this JVM instead of Redis. Endpoints with the same {@code name} share it; an empty name means a private
     * memory.
     */
    record MemoryEndpoint(String name) implements Endpoint {
        @Override
        public String text() {
            return "memory:" + name;
        }
    }

    private static String joined(List<HostPort> addresses) {
        return addresses.stream().map(HostPort::toString).collect(Collectors.joining(","));
    }
}
