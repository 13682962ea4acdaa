package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.ConnectionSettings;
import io.cachedconnection.internal.core.Endpoint;
import io.cachedconnection.internal.core.HostPort;
import io.cachedconnection.internal.core.PoolSettings;
import io.cachedconnection.internal.core.RedisSettings;
import java.time.Duration;
import java.util.List;

/** Builds the topology that the settings tell of. Nothing of it has to be there yet. */
final class TopologyFactory {

    private final RedisSettings settings;
    private final StoreExecutors executors;
    private final TrustedServers trusted;
    private final Connector connector;

    TopologyFactory(RedisSettings settings, StoreExecutors executors, TrustedServers trusted) {
        this.settings = settings;
        this.executors = executors;
        this.trusted = trusted;
        this.connector = new Connector(settings.access(), settings.pool(), executors.curfew());
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
            return one(new ConnectionFactory() {
                @Override
                public <T> T with(Connector.Use<T> use) {
                    return connector.dial(socket.path(), use);
                }
            });
        }
        return one(to(((Endpoint.ServerEndpoint) endpoint).address()));
    }

    private ConnectionFactory to(HostPort address) {
        return new ConnectionFactory() {
            @Override
            public <T> T with(Connector.Use<T> use) {
                return connector.dial(address, use);
            }
        };
    }

    private Topology one(ConnectionFactory connectionFactory) {
        Server server = server("", connectionFactory);
        return new SingleServer(server, feeds(connectionFactory, server));
    }

    /**
     * The feeds of {@code server}, which holds every key. Where the way to it leads may change: so before its changes are heard
     * anew, no connection is left that was made before.
     */
    private InvalidationStreams feeds(ConnectionFactory connectionFactory, Server server) {
        InvalidationStreams invalidationStreams =
                new InvalidationStreams(executors, settings.pool().connectTimeout());
        invalidationStreams.follow(List.of(new Master("", connectionFactory, () -> "")));
        invalidationStreams.beforeBeginningAnew(server::renew);
        server.whenReplaced(invalidationStreams::beginAnew);
        return invalidationStreams;
    }

    private Server server(String name, ConnectionFactory connectionFactory) {
        return new Server(settings, name, () -> connectionFactory.with(trusted::identified), executors, trusted);
    }

    private Topology cluster(Endpoint.ClusterEndpoint endpoint) {
        Duration patience = settings.pool().connectTimeout();
        InvalidationStreams invalidationStreams = new InvalidationStreams(executors, patience);
        ClusterTopology map = new ClusterTopology(
                address -> {
                    Server server = server(address.toString(), to(address));
                    server.whenReplaced(invalidationStreams::beginAnew);
                    return server;
                },
                this::to,
                invalidationStreams);
        TopologyRefresher topologyRefresher = new TopologyRefresher(endpoint.seeds(), map, executors, patience);
        invalidationStreams.whenSilent(topologyRefresher::lookSoon);
        return new Cluster(map, topologyRefresher, invalidationStreams);
    }

    /** The Sentinels are asked now and then, too, so that a master that was replaced without a word is left in a second. */
    private Topology sentinels(Endpoint.SentinelEndpoint endpoint) {
        ConnectionSettings connectionSettings = settings.access();
        PoolSettings limits = settings.pool();
        // So that a few Sentinels that are silent leave time for the one that is not.
        Duration forEach =
                limits.connectTimeout().dividedBy(endpoint.addresses().size()).plus(limits.timeout());
        Connector toSentinels = new Connector(
                new ConnectionSettings(
                        endpoint.login(), connectionSettings.encryption(), 0, connectionSettings.clientName()),
                new PoolSettings(limits.timeout(), forEach, limits.max()),
                executors.curfew());
        Sentinels sentinels = new Sentinels(endpoint, toSentinels, connector);
        ConnectionFactory connectionFactory = sentinels::dialMaster;
        Server master = server("", connectionFactory);
        InvalidationStreams invalidationStreams = feeds(connectionFactory, master);
        sentinels.whenReplaced(() -> {
            master.renew();
            invalidationStreams.beginAnew();
        });
        executors.everySecond(sentinels::look);
        return new SingleServer(master, invalidationStreams);
    }
}
