package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.HostPort;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * What is known of a cluster: its servers, and which of them holds which slot. Looked up in the background: at the start,
 * when a server sends a caller elsewhere or fails, once a second while something is wrong, and now and then. Thread-safe.
 */
final class ClusterMap implements AutoCloseable {

    static final CommandObject<Object> NODES = cluster("NODES");

    private static final CommandObject<Object> SLOTS = cluster("SLOTS");
    private static final int SECONDS_IN_PEACE = 15;

    private final List<HostPort> seeds;
    private final Function<HostPort, Server> connector;
    private final Background background;
    private final long patience;
    private final Map<HostPort, Server> servers = new ConcurrentHashMap<>();
    private final CountDownLatch known = new CountDownLatch(1);
    private final AtomicInteger seconds = new AtomicInteger();
    private final AtomicReference<SlotMap> slots = new AtomicReference<>(SlotMap.EMPTY);
    private final Runnable lookSoon;
    private volatile boolean lost; // nobody has ever told anything, although all were asked
    private volatile String lastFailure = "none was asked";
    private volatile boolean whole; // every slot has a master
    private volatile boolean closed;

    ClusterMap(List<HostPort> seeds, Function<HostPort, Server> connector, Background background, Duration patience) {
        this.seeds = seeds;
        this.connector = connector;
        this.background = background;
        this.patience = patience.toNanos();
        this.lookSoon = background.onceAtATime(() -> look(this.patience));
        background.everySecond(this::lookNowAndThen);
    }

    private static CommandObject<Object> cluster(String subcommand) {
        return new CommandObject<>(new CommandArguments(Command.CLUSTER).add(subcommand), Replies.AS_IT_IS);
    }

    /** The server that holds {@code slot}. Waits for the first look at the cluster until {@code until} at the latest. */
    Server server(int slot, long until) {
        awaitFirstLook(until);
        @Nullable HostPort master = slots().master(slot);
        if (master == null) {
            lookSoon.run();
            throw noMaster();
        }
        return server(master);
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

    /** What is known now. */
    private SlotMap slots() {
        return Objects.requireNonNull(slots.get());
    }

    /** Whether {@code slot} has a master, or may have one, for the first look is not over. */
    boolean hasMaster(int slot) {
        SlotMap current = slots();
        return isBeingLookedAt() || current.master(slot) != null;
    }

    /** Whether the master of {@code slot} is worth asking. */
    boolean isAnswering(int slot) {
        @Nullable HostPort master = slots().master(slot);
        @Nullable Server server = master == null ? null : servers.get(master);
        return server == null || server.isAnswering(); // one that was never asked is
    }

    Server server(HostPort address) {
        if (closed) {
            throw new StoreException(Reason.TIMEOUT, "closed");
        }
        @Nullable Server made = servers.get(address); // first, for it takes no lock
        return made != null ? made : servers.computeIfAbsent(address, connector);
    }

    /** Where {@code redirection}, which {@code server} has sent, leads. It may leave its own host out. */
    HostPort target(JedisRedirectionException redirection, Server server) {
        String host = redirection.getTargetNode().getHost();
        int port = redirection.getTargetNode().getPort();
        return new HostPort(host == null || host.isEmpty() ? hostOf(server) : host, port);
    }

    private String hostOf(Server server) {
        return servers.entrySet().stream()
                .filter(entry -> entry.getValue() == server)
                .map(entry -> entry.getKey().host())
                .findFirst()
                .orElse(seeds.get(0).host());
    }

    /** Takes note that {@code slot} has moved; others may have moved with it. */
    void moved(int slot, HostPort master) {
        slots.updateAndGet(before -> before.with(slot, master));
        lookSoon.run();
    }

    /** After a failure another server may hold the keys, soon if not now. */
    void lookAgainAfter(StoreException failure) {
        if (failure.reason().isTrouble()) {
            lookSoon.run();
        }
    }

    /** All masters that hold slots; fails if there are slots without one. */
    List<Server> masters(long until) {
        awaitFirstLook(until);
        SlotMap current = slots();
        if (!current.isWhole()) {
            throw noMaster();
        }
        return current.masters().stream().map(this::server).toList();
    }

    /** All servers that are known, whatever they hold. */
    Collection<Server> servers() {
        return servers.values();
    }

    /** Whether every key has a master, and every server that is known answers. */
    boolean isCalm() {
        return whole && background.leftAlone().isEmpty();
    }

    private static StoreException noMaster() {
        return new StoreException(Reason.CONNECTION, "no master for some of the keys");
    }

    /** Whether the first look is not over. */
    boolean isBeingLookedAt() {
        return !lost && slots().isEmpty();
    }

    /** What is wrong with the cluster as a whole; null if nothing is known to be. The lookout goes on asking. */
    @Nullable StoreException trouble() {
        if (lost) {
            return new StoreException(Reason.CONNECTION, "no server tells who holds which keys: " + lastFailure);
        }
        return whole || slots().isEmpty() ? null : noMaster();
    }

    private void lookNowAndThen() {
        if (seconds.getAndIncrement() % SECONDS_IN_PEACE == 0 || !slots().isWhole() || !isCalm()) {
            look(patience);
        }
    }

    /** Asks one server after the other, until one answers; each may take {@code nanos} for it. */
    void look(long nanos) {
        for (HostPort address : candidates()) {
            if (closed || hasTold(address, nanos)) {
                return;
            }
        }
        lost = known.getCount() > 0;
    }

    /** Those that answer come first. */
    private Set<HostPort> candidates() {
        List<HostPort> last = new ArrayList<>();
        Set<HostPort> all = new LinkedHashSet<>();
        servers.forEach((address, server) -> (server.isAnswering() ? all : last).add(address));
        all.addAll(seeds);
        all.addAll(last);
        return all;
    }

    private boolean hasTold(HostPort address, long nanos) {
        try {
            SlotMap told = SlotMap.of(server(address).ask(SLOTS, nanos), address.host());
            if (told.masters().isEmpty()) {
                lastFailure = address + " knows no master"; // it is no member (any more)
                return false;
            }
            learn(told);
            return true;
        } catch (RuntimeException e) {
            lastFailure = address + ", " + Failures.of(e).getMessage();
            return false;
        }
    }

    private void learn(SlotMap told) {
        slots.set(told);
        whole = told.isWhole();
        lost = false;
        Set<HostPort> masters = told.masters();
        servers.keySet().stream().filter(address -> !masters.contains(address)).forEach(this::part);
        known.countDown();
    }

    /** Seeds are asked again when they are needed. */
    private void part(HostPort address) {
        @Nullable Server gone = servers.remove(address);
        if (gone != null) {
            gone.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        servers.keySet().forEach(this::part);
    }
}
