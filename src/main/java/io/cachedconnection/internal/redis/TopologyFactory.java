package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.store.Tracing;
import io.cachedconnection.internal.redis.Connector.Route;
import io.cachedconnection.internal.redis.InvalidationStreams.Master;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Builds the topology that the settings describe. Its servers may be unavailable at first. */
final class TopologyFactory {

    private final RedisSettings settings;
    private final StoreExecutors executors;
    private final TrustedServers trusted;
    private final Tracing tracing;
    private final Connector connector;

    TopologyFactory(RedisSettings settings, StoreExecutors executors, TrustedServers trusted, Tracing tracing) {
        this.settings = settings;
        this.executors = executors;
        this.trusted = trusted;
        this.tracing = tracing;
        this.connector = new Connector(settings.access(), settings.pool(), executors.connectTimeouts());
    }

    Topology topology() {
        Endpoint endpoint = settings.place();
        if (endpoint instanceof Endpoint.ClusterEndpoint cluster) {
            return cluster(cluster);
        }
        if (endpoint instanceof Endpoint.SentinelEndpoint sentinels) {
            return sentinels(sentinels);
        }
        if (endpoint instanceof Endpoint.UnixSocketEndpoint socket) {
            return single(new Route() {
                @Override
                public <T> T dial(Connector.Use<T> use) {
                    return connector.dial(socket.path(), use);
                }
            });
        }
        return single(route(((Endpoint.ServerEndpoint) endpoint).address()));
    }

    private Route route(HostPort address) {
        return new Route() {
            @Override
            public <T> T dial(Connector.Use<T> use) {
                return connector.dial(address, use);
            }
        };
    }

    private Server server(String name, HostPort address, Route route) {
        return new Server(settings, name, address, () -> route.dial(trusted::identified), executors, trusted, tracing);
    }

    private SingleServer single(Route route) {
        HostPort address = settings.place() instanceof Endpoint.ServerEndpoint endpoint
                ? endpoint.address()
                : new HostPort(settings.address(), 0);
        return new SingleServer(server("", address, route), route);
    }

    private Topology cluster(Endpoint.ClusterEndpoint endpoint) {
        Duration patience = settings.pool().connectTimeout();
        InvalidationStreams invalidationStreams = new InvalidationStreams(executors, patience);
        ClusterTopology topology = new ClusterTopology(
                endpoint.seeds(),
                address -> {
                    Server server = server(address.toString(), address, route(address));
                    server.whenReplaced(invalidationStreams::restart);
                    return server;
                },
                this::route,
                invalidationStreams,
                executors,
                patience);
        invalidationStreams.whenSilent(topology::lookSoon);
        return new Cluster(topology, invalidationStreams);
    }

    /** Also asks the Sentinels periodically, so that a silently replaced master is left within a second. */
    private Topology sentinels(Endpoint.SentinelEndpoint endpoint) {
        PoolSettings limits = settings.pool();
        // So that some silent Sentinels leave time for one that answers.
        Duration forEach =
                limits.connectTimeout().dividedBy(endpoint.addresses().size()).plus(limits.timeout());
        Connector toSentinels = new Connector(
                new ConnectionSettings(
                        endpoint.login(),
                        settings.access().encryption(),
                        0,
                        settings.access().clientName()),
                new PoolSettings(limits.timeout(), forEach, limits.max()),
                executors.connectTimeouts());
        Sentinels sentinels = new Sentinels(endpoint, toSentinels, connector);
        SingleServer master = single(sentinels::dialMaster);
        sentinels.whenReplaced(() -> {
            master.server.renew();
            master.invalidationStreams.restart();
        });
        executors.everySecond(sentinels::checkMaster);
        return master;
    }

    /** A single server with all keys and the only invalidation stream. */
    private final class SingleServer implements Topology {

        private final Server server;
        private final InvalidationStreams invalidationStreams;

        /**
         * Creates the topology. {@code route} may lead elsewhere later, so earlier connections are closed before invalidations
         * are heard again.
         */
        SingleServer(Server server, Route route) {
            this.server = server;
            invalidationStreams =
                    new InvalidationStreams(executors, settings.pool().connectTimeout());
            invalidationStreams.follow(List.of(new Master("", route, () -> "")));
            invalidationStreams.beforeRestart(server::renew);
            server.whenReplaced(invalidationStreams::restart);
        }

        @Override
        public <T> List<Response<T>> all(List<Request<T>> requests, long nanos) {
            List<Response<T>> responses = server.all(requests, nanos);
            responses.replaceAll(response -> response.failure() instanceof JedisRedirectionException elsewhere
                    ? Response.failed(RedisErrors.of(elsewhere)) // it belongs to a cluster, which was not configured
                    : response);
            return responses;
        }

        @Override
        public boolean isAnswering(Target target, Purpose purpose) {
            return server.isAnswering(purpose);
        }

        @Override
        public boolean isAnswering(byte[] name, Purpose purpose) {
            return server.isAnswering(purpose);
        }

        @Override
        public void revive(long nanos) {
            server.revive(nanos);
        }

        @Override
        public List<Server> servers(long nanos) {
            return List.of(server);
        }

        @Override
        public List<Server> known() {
            return List.of(server);
        }

        @Override
        public SlotOwnership slotOwnership(Purpose purpose, long nanos) {
            return SlotOwnership.FIXED;
        }

        @Override
        public void lookAgain(long nanos) {
            // there is no other server
        }

        @Override
        public boolean isCalm() {
            return server.isAnswering(Purpose.LOOKUP) && server.isAnswering(Purpose.WRITE);
        }

        @Override
        public boolean isSharded() {
            return false;
        }

        @Override
        public void hear(Set<String> prefixes, InvalidationListener invalidationListener) {
            invalidationStreams.hear(prefixes, invalidationListener);
        }

        @Override
        public void close() {
            invalidationStreams.close();
            server.close();
        }
    }
}
