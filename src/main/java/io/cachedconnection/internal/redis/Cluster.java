package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Finds keys on the masters of a Redis Cluster, which redirect callers while keys move between them. */
final class Cluster implements Topology {

    private static final int MOST_REDIRECTIONS = 5;
    private static final long MOVING_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private static final Request<@Nullable Object> NODES =
            Request.of(Function.identity(), Command.of("CLUSTER", "NODES").withLongReply());

    private final ClusterTopology topology;
    private final InvalidationStreams invalidationStreams;

    /** Creates the cluster of {@code topology}; {@code invalidationStreams} come from its masters. */
    Cluster(ClusterTopology topology, InvalidationStreams invalidationStreams) {
        this.topology = topology;
        this.invalidationStreams = invalidationStreams;
    }

    /** Sends the requests of one master in one batch, master by master; redirected requests follow in batches. */
    @Override
    public <T> List<Response<T>> all(List<Request<T>> requests, long nanos) {
        List<Way<T>> ways = requests.stream().<Way<T>>map(Way::new).toList();
        long left = nanos;
        long begun = System.nanoTime();
        for (List<Way<T>> open = ways; !open.isEmpty(); ) {
            long start = System.nanoTime();
            Map<Server, List<Way<T>>> byServer = new LinkedHashMap<>();
            for (Way<T> way : open) {
                try {
                    byServer.computeIfAbsent(server(way, start + left), server -> new ArrayList<>())
                            .add(way);
                } catch (StoreException e) {
                    way.end(Response.failed(e));
                }
            }
            left -= System.nanoTime() - start;
            for (Map.Entry<Server, List<Way<T>>> group : byServer.entrySet()) {
                boolean isLate = System.nanoTime() - begun > nanos; // a slow cluster gets at most twice the time
                left = together(group.getKey(), group.getValue(), isLate ? left : nanos, left);
            }
            open = open.stream().filter(way -> way.response == null).toList();
            if (open.stream().anyMatch(way -> way.isMoving)) {
                LockSupport.parkNanos(MOVING_PAUSE);
                left -= MOVING_PAUSE;
            }
        }
        return ways.stream().map(Way::response).collect(Collectors.toCollection(ArrayList::new));
    }

    private <T> Server server(Way<T> way, long until) {
        int slot = JedisConnection.slot(way.request.key());
        way.isMoving = false;
        way.master = topology.slots().master(slot);
        return way.next != null ? way.next : topology.server(slot, until);
    }

    /** Sends all of {@code ways} to {@code server}. Returns the time that is left of {@code nanos}. */
    private <T> long together(Server server, List<Way<T>> ways, long nanos, long left) {
        long start = System.nanoTime();
        List<Response<T>> responses = server.all(
                ways.stream()
                        .map(way -> way.isAsking ? way.request.asking() : way.request)
                        .toList(),
                left);
        long rest = left - (System.nanoTime() - start);
        boolean isAnswered = false;
        for (int i = 0; i < ways.size(); i++) {
            Way<T> way = ways.get(i);
            Response<T> response = responses.get(i);
            if (response.failure() instanceof JedisRedirectionException elsewhere) {
                HostPort target = topology.target(elsewhere, server);
                Server next = topology.server(target);
                if (elsewhere instanceof JedisMovedDataException) {
                    topology.moved(elsewhere.getSlot(), target);
                }
                invalidationStreams.reading(target.toString());
                way.follow(elsewhere, next);
            } else if (response.failure() instanceof StoreException failure) {
                topology.lookAgainAfter(failure);
                boolean isReplaced =
                        !Objects.equals(way.master, topology.slots().master(JedisConnection.slot(way.request.key())));
                boolean mayPass =
                        failure.reason() == Reason.MOVING || (way.request.purpose() == Purpose.WRITE && isReplaced);
                way.failed(failure, mayPass, rest);
            } else {
                isAnswered |= response.failure() == null;
                way.end(response);
            }
        }
        return isAnswered ? nanos : rest;
    }

    /** The progress of one request. */
    private static final class Way<T> {

        private final Request<T> request;
        private @Nullable Server next; // the server that it was redirected to
        private @Nullable HostPort master; // the master of its slot when it was sent
        private boolean isAsking;
        private boolean isMoving;
        private int tries = 1;
        private int redirections;
        private @Nullable Response<T> response;

        Way(Request<T> request) {
            this.request = request;
        }

        void end(Response<T> with) {
            response = with;
        }

        Response<T> response() {
            return Objects.requireNonNull(response);
        }

        void follow(JedisRedirectionException redirection, Server target) {
            next = target;
            isAsking = redirection instanceof JedisAskDataException;
            if (++redirections == MOST_REDIRECTIONS) {
                end(Response.failed(new StoreException(Reason.NOT_NOW, "its servers send callers in circles")));
            }
        }

        /**
         * Handles keys that have moved, or that cannot be created yet because their slot is moving. Usually a move takes a
         * moment. If the operator has left a slot half moved, it may take days, and lookups do not wait for it.
         */
        void failed(StoreException failure, boolean mayPass, long left) {
            isMoving = mayPass
                    && (request.isRepeatable() || tries == 1)
                    && left > MOVING_PAUSE
                    && !Thread.currentThread().isInterrupted();
            tries++;
            redirections = 0;
            next = null;
            isAsking = false;
            if (!isMoving) {
                end(Response.failed(failure));
            }
        }
    }

    @Override
    public boolean isAnswering(Target target, Purpose purpose) {
        // Evicting a whole cache needs every master.
        return topology.isCalm()
                || (target instanceof EntryKey key
                        ? topology.isAnswering(JedisConnection.slot(Command.bytes(key.text())), purpose)
                        : topology.isAnswering(purpose));
    }

    @Override
    public boolean isAnswering(byte[] name, Purpose purpose) {
        return topology.isCalm() || topology.isAnswering(JedisConnection.slot(name), purpose);
    }

    @Override
    public void revive(long nanos) {
        @Nullable StoreException failure = topology.trouble();
        for (Server server : topology.servers().values()) {
            try {
                server.revive(nanos);
            } catch (StoreException e) { // the other servers are still probed
                topology.lookAgainAfter(e);
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public List<Server> known() {
        return List.copyOf(topology.servers().values());
    }

    @Override
    public List<Server> servers(long nanos) {
        return topology.masters(System.nanoTime() + nanos);
    }

    @Override
    public SlotOwnership slotOwnership(Purpose purpose, long nanos) {
        List<@Nullable Object> replies = new ArrayList<>();
        for (Server server : servers(nanos)) {
            replies.add(server.ask(NODES.on(purpose), nanos));
        }
        return SlotOwnership.of(replies);
    }

    @Override
    public void lookAgain(long nanos) {
        topology.look(nanos);
    }

    @Override
    public boolean isCalm() {
        return topology.isCalm();
    }

    @Override
    public boolean isSharded() {
        return true;
    }

    @Override
    public void hear(Set<String> prefixes, InvalidationListener invalidationListener) {
        invalidationStreams.hear(prefixes, invalidationListener);
    }

    @Override
    public void close() {
        topology.close();
    }
}
