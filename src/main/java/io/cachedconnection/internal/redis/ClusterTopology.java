package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.redis.InvalidationStreams.Master;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * The known servers of a cluster and the slots that they hold. No caller is sent to a master before its invalidation stream is
 * being opened. A background thread refreshes it from the servers: at the start, after a redirection or failure, once a second
 * while there is a problem, and periodically. Thread-safe.
 */
final class ClusterTopology implements AutoCloseable {

    private static final Request<@Nullable Object> SLOTS =
            Request.of(Function.identity(), Command.of("CLUSTER", "SLOTS").withLongReply());
    private static final int SECONDS_IN_PEACE = 15;

    private final List<HostPort> seeds;
    private final Function<HostPort, Server> connector;
    private final Function<HostPort, Connector.Route> routes;
    private final InvalidationStreams invalidationStreams;
    private final StoreExecutors executors;
    private final long patience;
    private final Map<HostPort, Server> servers = new ConcurrentHashMap<>();
    private final CountDownLatch known = new CountDownLatch(1);
    private final AtomicInteger seconds = new AtomicInteger();
    private final Runnable lookSoon;
    private volatile SlotMap slots = SlotMap.EMPTY; // written under the lock
    private volatile boolean closed;
    private volatile boolean lost; // whether no server has ever answered, although all were asked
    private volatile String lastFailure = "none was asked";

    ClusterTopology(
            List<HostPort> seeds,
            Function<HostPort, Server> connector,
            Function<HostPort, Connector.Route> routes,
            InvalidationStreams invalidationStreams,
            StoreExecutors executors,
            Duration patience) {
        this.seeds = seeds;
        this.connector = connector;
        this.routes = routes;
        this.invalidationStreams = invalidationStreams;
        this.executors = executors;
        this.patience = patience.toNanos();
        this.lookSoon = executors.onceAtATime(() -> look(this.patience));
        executors.everySecond(() -> {
            if (seconds.getAndIncrement() % SECONDS_IN_PEACE == 0 || !isCalm()) {
                look(this.patience);
            }
        });
    }

    /** Returns the known map of slots to masters. */
    SlotMap slots() {
        return slots;
    }

    /** Returns all known servers, also those without slots. */
    Map<HostPort, Server> servers() {
        return servers;
    }

    /**
     * Whether {@code slot} has a master with a closed breaker for {@code purpose}, or may have one before the first refresh.
     */
    boolean isAnswering(int slot, Purpose purpose) {
        @Nullable HostPort master = slots.master(slot);
        if (master == null) {
            return isFirstLook();
        }
        @Nullable Server server = servers.get(master);
        return server == null || server.isAnswering(purpose); // a server that was never asked counts as answering
    }

    /** Whether each slot has a master with a closed breaker for {@code purpose}. */
    boolean isAnswering(Purpose purpose) {
        return isFirstLook()
                || (slots.isWhole() && servers.values().stream().allMatch(server -> server.isAnswering(purpose)));
    }

    /** Whether each slot has a master, and every known server answers. */
    boolean isCalm() {
        return slots.isWhole() && executors.leftAlone().isEmpty();
    }

    private boolean isFirstLook() {
        return !lost && slots.isEmpty();
    }

    /** Returns the problem of the whole cluster; null if none is known. */
    @Nullable StoreException trouble() {
        if (lost) {
            return new StoreException(Reason.CONNECTION, "no server tells who holds which keys: " + lastFailure);
        }
        SlotMap current = slots;
        return current.isWhole() || current.isEmpty() ? null : noMaster();
    }

    private static StoreException noMaster() {
        return new StoreException(Reason.CONNECTION, "no master for some of the keys");
    }

    /** Returns the server that holds {@code slot}. Waits for the first refresh until {@code until} at the latest. */
    Server server(int slot, long until) {
        awaitFirstLook(until);
        @Nullable HostPort master = slots.master(slot);
        if (master == null) {
            lookSoon();
            throw noMaster();
        }
        return server(master);
    }

    /** Returns all masters that hold slots; fails if a slot has none. */
    List<Server> masters(long until) {
        awaitFirstLook(until);
        SlotMap current = slots;
        if (!current.isWhole()) {
            throw noMaster();
        }
        return current.masters().stream().map(this::server).toList();
    }

    private void awaitFirstLook(long until) {
        try {
            if (known.getCount() > 0 && !known.await(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new StoreException(Reason.TIMEOUT, "no server of the cluster has answered yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Reason.INTERRUPTED, "interrupted");
        }
    }

    Server server(HostPort address) {
        if (closed) {
            throw new StoreException(Reason.TOO_LATE, "closed");
        }
        @Nullable Server made = servers.get(address); // first, because it takes no lock
        return made != null ? made : servers.computeIfAbsent(address, connector);
    }

    /** Returns the target of {@code redirection} from {@code server}, which may omit its own host. */
    HostPort target(JedisRedirectionException redirection, Server server) {
        HostPort target = JedisConnection.target(redirection);
        if (!target.host().isEmpty()) {
            return target;
        }
        String host = servers.entrySet().stream()
                .filter(entry -> entry.getValue() == server)
                .map(entry -> entry.getKey().host())
                .findFirst()
                .orElse(seeds.get(0).host());
        return new HostPort(host, target.port());
    }

    /** Records that {@code slot} has moved, and refreshes, because others may have moved with it. */
    void moved(int slot, HostPort master) {
        learn(slot, master);
        lookSoon();
    }

    private synchronized void learn(int slot, HostPort master) {
        SlotMap next = slots.with(slot, master);
        if (next != slots) {
            change(next);
        }
    }

    private void change(SlotMap next) {
        invalidationStreams.follow(next.masters().stream()
                .map(address -> new Master(address.toString(), routes.apply(address), () -> tag(address)))
                .toList()); // first, because no caller is sent there before
        slots = next;
    }

    private String tag(HostPort master) {
        @Nullable String tag = slots.tag(master);
        if (tag == null) {
            throw new StoreException(Reason.CONNECTION, "it holds no keys");
        }
        return tag;
    }

    /** Refreshes after a failure, because another server may hold the keys now or soon. */
    void lookAgainAfter(StoreException failure) {
        if (failure.reason().isTrouble()) {
            lookSoon();
        }
    }

    /** Refreshes soon, because something may have changed. */
    void lookSoon() {
        lookSoon.run();
    }

    /** Asks the servers in turn, answering ones first, until one returns a map; each may take {@code nanos}. */
    void look(long nanos) {
        List<HostPort> last = new ArrayList<>();
        Set<HostPort> candidates = new LinkedHashSet<>();
        servers.forEach((address, server) -> (server.isAnswering(Purpose.LOOKUP) ? candidates : last).add(address));
        candidates.addAll(seeds);
        candidates.addAll(last);
        for (HostPort address : candidates) {
            try {
                SlotMap told = SlotMap.of(server(address).ask(SLOTS, nanos), address.host());
                if (!told.masters().isEmpty()) {
                    learn(told);
                    lost = false;
                    known.countDown();
                    return;
                }
                lastFailure = address + " knows no master"; // it is not, or no longer, a member
            } catch (RuntimeException e) {
                lastFailure = address + ", " + RedisErrors.of(e).getMessage();
            }
        }
        lost = known.getCount() > 0;
    }

    /** Adopts the map from a server, and drops servers without slots. Seeds are asked again when needed. */
    private synchronized void learn(SlotMap told) {
        change(told);
        Set<HostPort> masters = told.masters();
        servers.keySet().stream().filter(address -> !masters.contains(address)).forEach(this::part);
    }

    private void part(HostPort address) {
        @Nullable Server gone = servers.remove(address);
        if (gone != null) {
            gone.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        invalidationStreams.close();
        servers.keySet().forEach(this::part);
    }
}
