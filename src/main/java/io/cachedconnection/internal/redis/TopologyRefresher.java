package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.HostPort;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Keeps the map of a cluster up to date, by asking its servers in the background: at the start, when one of them sends a
 * caller elsewhere or fails, once a second while something is wrong, and now and then. Thread-safe.
 */
final class TopologyRefresher {

    static final CommandObject<Object> NODES = cluster("NODES");

    private static final CommandObject<Object> SLOTS = cluster("SLOTS");
    private static final int SECONDS_IN_PEACE = 15;

    private final List<HostPort> seeds;
    private final ClusterTopology map;
    private final StoreExecutors executors;
    private final long patience;
    private final CountDownLatch known = new CountDownLatch(1);
    private final AtomicInteger seconds = new AtomicInteger();
    private final Runnable lookSoon;
    private volatile boolean lost; // nobody has ever told anything, although all were asked
    private volatile String lastFailure = "none was asked";

    TopologyRefresher(List<HostPort> seeds, ClusterTopology map, StoreExecutors executors, Duration patience) {
        this.seeds = seeds;
        this.map = map;
        this.executors = executors;
        this.patience = patience.toNanos();
        this.lookSoon = executors.onceAtATime(() -> look(this.patience));
        executors.everySecond(this::lookNowAndThen);
    }

    private static CommandObject<Object> cluster(String subcommand) {
        return new CommandObject<>(new CommandArguments(Command.CLUSTER).add(subcommand), ReplyParser.AS_IT_IS);
    }

    /** The server that holds {@code slot}. Waits for the first look at the cluster until {@code until} at the latest. */
    Server server(int slot, long until) {
        awaitFirstLook(until);
        @Nullable HostPort master = map.slots().master(slot);
        if (master == null) {
            lookSoon();
            throw noMaster();
        }
        return map.server(master);
    }

    /** All masters that hold slots; fails if there are slots without one. */
    List<Server> masters(long until) {
        awaitFirstLook(until);
        SlotMap current = map.slots();
        if (!current.isWhole()) {
            throw noMaster();
        }
        return current.masters().stream().map(map::server).toList();
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

    private static StoreException noMaster() {
        return new StoreException(Reason.CONNECTION, "no master for some of the keys");
    }

    /** After a failure another server may hold the keys, soon if not now. */
    void lookAgainAfter(StoreException failure) {
        if (failure.reason().isTrouble()) {
            lookSoon();
        }
    }

    /** Where {@code redirection}, which {@code server} has sent, leads. It may leave its own host out. */
    HostPort target(JedisRedirectionException redirection, Server server) {
        String host = redirection.getTargetNode().getHost();
        int port = redirection.getTargetNode().getPort();
        return new HostPort(host == null || host.isEmpty() ? hostOf(server) : host, port);
    }

    private String hostOf(Server server) {
        return map.servers().entrySet().stream()
                .filter(entry -> entry.getValue() == server)
                .map(entry -> entry.getKey().host())
                .findFirst()
                .orElse(seeds.get(0).host());
    }

    /** Something may have changed. */
    void lookSoon() {
        lookSoon.run();
    }

    /** Whether {@code slot} has a master, or may have one, for the first look is not over. */
    boolean hasMaster(int slot) {
        return isFirstLook() || map.slots().master(slot) != null;
    }

    /** Whether every key has a master, and every server that is known answers. */
    boolean isCalm() {
        return map.slots().isWhole() && executors.leftAlone().isEmpty();
    }

    /** Whether the first look is not over. */
    boolean isFirstLook() {
        return !lost && map.slots().isEmpty();
    }

    /** What is wrong with the cluster as a whole; null if nothing is known to be. */
    @Nullable StoreException trouble() {
        if (lost) {
            return new StoreException(Reason.CONNECTION, "no server tells who holds which keys: " + lastFailure);
        }
        SlotMap slots = map.slots();
        return slots.isWhole() || slots.isEmpty() ? null : noMaster();
    }

    private void lookNowAndThen() {
        if (seconds.getAndIncrement() % SECONDS_IN_PEACE == 0 || !isCalm()) {
            look(patience);
        }
    }

    /** Asks one server after the other, until one answers; each may take {@code nanos} for it. */
    void look(long nanos) {
        for (HostPort address : candidates()) {
            if (hasTold(address, nanos)) {
                lost = false;
                known.countDown();
                return;
            }
        }
        lost = known.getCount() > 0;
    }

    /** The servers to ask, first those that answer. */
    private Set<HostPort> candidates() {
        List<HostPort> last = new ArrayList<>();
        Set<HostPort> all = new LinkedHashSet<>();
        map.servers().forEach((address, server) -> (server.isAnswering(Purpose.LOOKUP) ? all : last).add(address));
        all.addAll(seeds);
        all.addAll(last);
        return all;
    }

    private boolean hasTold(HostPort address, long nanos) {
        try {
            SlotMap told = SlotMap.of(map.server(address).ask(SLOTS, nanos), address.host());
            if (told.masters().isEmpty()) {
                lastFailure = address + " knows no master"; // it is no member (any more)
                return false;
            }
            map.learn(told);
            return true;
        } catch (RuntimeException e) {
            lastFailure = address + ", " + RedisErrors.of(e).getMessage();
            return false;
        }
    }
}
