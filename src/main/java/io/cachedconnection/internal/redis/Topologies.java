package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.Access;
import io.cachedconnection.internal.core.HostPort;
import io.cachedconnection.internal.core.Place;
import io.cachedconnection.internal.core.RedisSettings;
import java.time.Duration;
import java.util.function.Supplier;

/** Builds the topology that the settings tell of. Nothing of it has to be there yet. */
final class Topologies {

    private final RedisSettings settings;
    private final Background background;
    private final Dialer dialer;

    Topologies(RedisSettings settings, Background background) {
        this.settings = settings;
        this.background = background;
        this.dialer = dialer(settings.access());
    }

    private Dialer dialer(Access access) {
        return new Dialer(access, settings.pool(), background.curfew());
    }

    Topology topology() {
        Place place = settings.place();
        if (place instanceof Place.Cluster cluster) {
            return cluster(cluster);
        }
        if (place instanceof Place.Sentinels sentinels) {
            return sentinels(sentinels);
        }
        if (place instanceof Place.UnixSocket socket) {
            return new OneServer(server(() -> dialer.dial(socket.path())));
        }
        return new OneServer(server(((Place.Server) place).address()));
    }

    private Server server(HostPort address) {
        return server(() -> dialer.dial(address));
    }

    private Server server(Supplier<Wire> dial) {
        return new Server(settings, dial, background);
    }

    private Topology cluster(Place.Cluster place) {
        Duration patience = settings.pool().connectTimeout();
        return new Cluster(new ClusterMap(place.seeds(), this::server, background, patience));
    }

    /** The Sentinels are asked now and then, too, so that a master that was replaced without a word is left in a second. */
    private Topology sentinels(Place.Sentinels place) {
        Access access = settings.access();
        Dialer toSentinels = dialer(new Access(place.login(), access.encryption(), 0, access.clientName()));
        Sentinels sentinels =
                new Sentinels(place, toSentinels, dialer, settings.pool().connectTimeout());
        Server master = server(sentinels::dialMaster);
        background.everySecond(() -> {
            if (sentinels.haveAnother()) {
                master.renew();
            }
        });
        return new OneServer(master);
    }
}
