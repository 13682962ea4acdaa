package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.Access;
import io.cachedconnection.internal.core.HostPort;
import io.cachedconnection.internal.core.Place;
import io.cachedconnection.internal.core.PoolSettings;
import io.cachedconnection.internal.core.RedisSettings;
import java.time.Duration;
import java.util.List;

/** Builds the topology that the settings tell of. Nothing of it has to be there yet. */
final class Topologies {

    private final RedisSettings settings;
    private final Background background;
    private final TrustedServers trusted;
    private final Dialer dialer;

    Topologies(RedisSettings settings, Background background, TrustedServers trusted) {
        this.settings = settings;
        this.background = background;
        this.trusted = trusted;
        this.dialer = new Dialer(settings.access(), settings.pool(), background.curfew());
    }

    Topology topology() {
        Place place = settings.place();
        if (place instanceof Place.ClusterEndpoint cluster) {
            return cluster(cluster);
        }
        if (place instanceof Place.SentinelEndpoint sentinels) {
            return sentinels(sentinels);
        }
        if (place instanceof Place.UnixSocketEndpoint socket) {
            return one(new Dial() {
                @Override
                public <T> T with(Dialer.Use<T> use) {
                    return dialer.dial(socket.path(), use);
                }
            });
        }
        return one(to(((Place.ServerEndpoint) place).address()));
    }

    private Dial to(HostPort address) {
        return new Dial() {
            @Override
            public <T> T with(Dialer.Use<T> use) {
                return dialer.dial(address, use);
            }
        };
    }

    private Topology one(Dial dial) {
        Server server = server("", dial);
        return new OneServer(server, feeds(dial, server));
    }

    /**
     * The feeds of {@code server}, which holds every key. Where the way to it leads may change: so before its changes are heard
     * anew, no connection is left that was made before.
     */
    private Feeds feeds(Dial dial, Server server) {
        Feeds feeds = new Feeds(background, settings.pool().connectTimeout());
        feeds.follow(List.of(new Master("", dial, () -> "")));
        feeds.beforeBeginningAnew(server::renew);
        server.whenReplaced(feeds::beginAnew);
        return feeds;
    }

    private Server server(String name, Dial dial) {
        return new Server(settings, name, () -> dial.with(trusted::identified), background, trusted);
    }

    private Topology cluster(Place.ClusterEndpoint place) {
        Duration patience = settings.pool().connectTimeout();
        Feeds feeds = new Feeds(background, patience);
        ClusterMap map = new ClusterMap(
                address -> {
                    Server server = server(address.toString(), to(address));
                    server.whenReplaced(feeds::beginAnew);
                    return server;
                },
                this::to,
                feeds);
        Lookout lookout = new Lookout(place.seeds(), map, background, patience);
        feeds.whenSilent(lookout::lookSoon);
        return new Cluster(map, lookout, feeds);
    }

    /** The Sentinels are asked now and then, too, so that a master that was replaced without a word is left in a second. */
    private Topology sentinels(Place.SentinelEndpoint place) {
        Access access = settings.access();
        PoolSettings limits = settings.pool();
        // So that a few Sentinels that are silent leave time for the one that is not.
        Duration forEach =
                limits.connectTimeout().dividedBy(place.addresses().size()).plus(limits.timeout());
        Dialer toSentinels = new Dialer(
                new Access(place.login(), access.encryption(), 0, access.clientName()),
                new PoolSettings(limits.timeout(), forEach, limits.max()),
                background.curfew());
        Sentinels sentinels = new Sentinels(place, toSentinels, dialer);
        Dial dial = sentinels::dialMaster;
        Server master = server("", dial);
        Feeds feeds = feeds(dial, master);
        sentinels.whenReplaced(() -> {
            master.renew();
            feeds.beginAnew();
        });
        background.everySecond(sentinels::look);
        return new OneServer(master, feeds);
    }
}
