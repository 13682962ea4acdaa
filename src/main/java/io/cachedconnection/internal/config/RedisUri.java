package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.Credentials;
import io.cachedconnection.internal.core.Endpoint;
import io.cachedconnection.internal.core.HostPort;
import io.cachedconnection.internal.core.Login;
import io.cachedconnection.internal.core.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code redis.uri} says.
 *
 * @param addresses empty for a Unix socket, exactly one for a server
 * @param name what the Sentinels call their master, or the file of a Unix socket; empty for anything else
 * @param database null if the URI names none
 */
record RedisUri(
        Scheme scheme,
        List<HostPort> addresses,
        String name,
        Credentials login,
        @Nullable Integer database) {

    static final RedisUri LOCAL =
            new RedisUri(Scheme.REDIS, List.of(new HostPort("localhost", 6379)), "", Credentials.NONE, null);

    /** In place of one that is wrong: it may well name a password, so nobody is told that there is none. */
    static final RedisUri UNKNOWN =
            new RedisUri(Scheme.REDIS, LOCAL.addresses, "", new Credentials(null, new Secret("unknown")), null);

    static final String ALLOWED = "redis://[user[:password]@]host[:port][/database],"
            + " redis-cluster://[user[:password]@]host[:port],...,"
            + " redis-sentinel://[user[:password]@]host[:port],.../master[/database]"
            + " (each also with rediss in place of redis, for TLS)"
            + " or redis+unix:///path; special characters in user and password percent-encoded";

    /** How Redis is run. */
    enum Topology {
        SERVER,
        UNIX_SOCKET,
        CLUSTER,
        SENTINELS
    }

    /** What a URI begins with. */
    enum Scheme {
        REDIS("redis", Topology.SERVER),
        REDISS("rediss", Topology.SERVER),
        UNIX("redis+unix", Topology.UNIX_SOCKET),
        CLUSTER("redis-cluster", Topology.CLUSTER),
        CLUSTERS("rediss-cluster", Topology.CLUSTER),
        SENTINEL("redis-sentinel", Topology.SENTINELS),
        SENTINELS("rediss-sentinel", Topology.SENTINELS);

        private final String text;
        private final Topology topology;

        Scheme(String text, Topology topology) {
            this.text = text;
            this.topology = topology;
        }

        String text() {
            return text;
        }

        Topology topology() {
            return topology;
        }

        boolean tls() {
            return text.startsWith("rediss");
        }
    }

    /** The URI that {@code text} is. */
    static RedisUri parse(String text) {
        return new RedisUriText(text.strip()).uri();
    }

    boolean is(Topology topology) {
        return scheme.topology() == topology;
    }

    boolean tls() {
        return scheme.tls();
    }

    /** Where that is; {@code sentinels} is the login there, if there are any. */
    Endpoint place(Login sentinels) {
        return switch (scheme.topology()) {
            case SERVER -> new Endpoint.ServerEndpoint(addresses.get(0));
            case UNIX_SOCKET -> new Endpoint.UnixSocketEndpoint(name);
            case CLUSTER -> new Endpoint.ClusterEndpoint(addresses);
            case SENTINELS -> new Endpoint.SentinelEndpoint(addresses, name, sentinels);
        };
    }
}
