package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.endpoint.HostPort;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The map of slots to masters of a cluster, reported by one server. Immutable. */
final class SlotMap {

    /** The map of an unknown cluster. */
    static final SlotMap EMPTY = new SlotMap(new HostPort[0]);

    static final int SLOTS = 16_384;

    // For a master of a single slot this fails once in some hundred million times.
    private static final int MANY = 20 * SLOTS;

    private final @Nullable HostPort[] masters; // by slot
    private final boolean isWhole;

    private SlotMap(@Nullable HostPort[] masters) {
        this.masters = masters;
        this.isWhole = !isEmpty() && Arrays.stream(masters).allMatch(master -> master != null);
    }

    /**
     * Parses the reply to {@code CLUSTER SLOTS}: for each range of slots the first, the last, the master and the replicas.
     *
     * @param asked the host that gave the reply, which may omit its own name
     */
    static SlotMap of(@Nullable Object reply, String asked) {
        if (!(reply instanceof List<?> ranges)) {
            throw ReplyParser.garbage();
        }
        @Nullable HostPort[] masters = new HostPort[SLOTS];
        for (@Nullable Object range : ranges) {
            if (!(range instanceof List<?> parts) || parts.size() < 3 || !(parts.get(2) instanceof List<?> master)) {
                throw ReplyParser.garbage();
            }
            long first = ReplyParser.number(parts.get(0));
            long last = ReplyParser.number(parts.get(1));
            if (first < 0 || last >= SLOTS || first > last || master.size() < 2) {
                throw ReplyParser.garbage();
            }
            int port = ReplyParser.port(ReplyParser.number(master.get(1)));
            String host = master.get(0) instanceof byte[] name && name.length > 0 ? new String(name, UTF_8) : asked;
            Arrays.fill(masters, (int) first, (int) last + 1, new HostPort(host, port));
        }
        return new SlotMap(masters);
    }

    /** Returns the master of {@code slot}; null if none is known. */
    @Nullable HostPort master(int slot) {
        return isEmpty() ? null : masters[slot];
    }

    /** Returns this map with {@code master} as the master of {@code slot}. */
    SlotMap with(int slot, HostPort master) {
        if (isEmpty() || slot < 0 || slot >= SLOTS || master.equals(masters[slot])) {
            return this;
        }
        @Nullable HostPort[] changed = masters.clone();
        changed[slot] = master;
        return new SlotMap(changed);
    }

    /** Returns all masters that hold slots, in a stable order. */
    Set<HostPort> masters() {
        Set<HostPort> all = new LinkedHashSet<>();
        @Nullable HostPort last = null;
        for (@Nullable HostPort master : masters) {
            if (master != null && !master.equals(last)) { // most slots have the same master as their neighbour
                all.add(master);
                last = master;
            }
        }
        return all;
    }

    boolean isEmpty() {
        return masters.length == 0;
    }

    /** Whether every slot has a master. */
    boolean isWhole() {
        return isWhole;
    }

    /**
     * Returns a text that, in braces, makes a key in a slot of {@code master}, a different slot each time if possible. Null if
     * it has none.
     */
    @Nullable String tag(HostPort master) {
        int first = ThreadLocalRandom.current().nextInt();
        return IntStream.range(0, MANY)
                .mapToObj(i -> Integer.toHexString(first + i))
                .filter(text -> master.equals(master(JedisConnection.slot(text.getBytes(UTF_8)))))
                .findFirst()
                .orElse(null);
    }
}
