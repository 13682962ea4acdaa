package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.HostPort;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a cluster: its servers, and which of them holds which slot. Nobody is sent to a master before its changes
 * are being listened for. Thread-safe.
 */
final class ClusterTopology implements AutoCloseable {

    private final Function<HostPort, Server> connector;
    private final Function<HostPort, ConnectionFactory> dials;
    private final InvalidationStreams invalidationStreams;
    private final Map<HostPort, Server> servers = new ConcurrentHashMap<>();
    private volatile SlotMap slots = SlotMap.EMPTY; // changes under the lock
    private volatile boolean closed;

    ClusterTopology(
            Function<HostPort, Server> connector,
            Function<HostPort, ConnectionFactory> dials,
            InvalidationStreams invalidationStreams) {
        this.connector = connector;
        this.dials = dials;
        this.invalidationStreams = invalidationStreams;
    }

    /** Which master holds which slot, as far as is known now. */
    SlotMap slots() {
        return slots;
    }

    /** Whether the master of {@code slot} is worth asking for this. */
    boolean isAnswering(int slot, Purpose purpose) {
        @Nullable HostPort master = slots.master(slot);
        @Nullable Server server = master == null ? null : servers.get(master);
        return server == null || server.isAnswering(purpose); // one that was never asked is
    }

    /** Whether each key has a master that is worth asking for this. */
    boolean isAnswering(Purpose purpose) {
        return slots.isWhole() && servers.values().stream().allMatch(server -> server.isAnswering(purpose));
    }

    Server server(HostPort address) {
        if (closed) {
            throw new StoreException(Reason.TOO_LATE, "closed");
        }
        @Nullable Server made = servers.get(address); // first, for it takes no lock
        return made != null ? made : servers.computeIfAbsent(address, connector);
    }

    /** All servers that are known, whatever they hold. */
    Map<HostPort, Server> servers() {
        return servers;
    }

    /** Takes note that {@code slot} has moved. */
    synchronized void moved(int slot, HostPort master) {
        SlotMap next = slots.with(slot, master);
        if (next != slots) {
            change(next);
        }
    }

    /** Takes note of what a server has told, and leaves those that hold nothing. */
    synchronized void learn(SlotMap told) {
        change(told);
        Set<HostPort> masters = told.masters();
        servers.keySet().stream().filter(address -> !masters.contains(address)).forEach(this::part);
    }

    private void change(SlotMap next) {
        List<Master> masters = next.masters().stream().map(this::master).toList();
        invalidationStreams.follow(masters); // first, see above
        slots = next;
    }

    private Master master(HostPort address) {
        return new Master(address.toString(), dials.apply(address), () -> tag(address));
    }

    private String tag(HostPort master) {
        @Nullable String tag = slots.tag(master);
        if (tag == null) {
            throw new StoreException(Reason.CONNECTION, "it holds no keys");
        }
        return tag;
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
        invalidationStreams.close();
        servers.keySet().forEach(this::part);
    }
}
