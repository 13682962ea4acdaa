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

/** Which master of a cluster holds which slot, as one server tells it. Immutable. */
final class SlotMap {

    /** The map of a cluster of which nothing is known. */
    static final SlotMap EMPTY = new SlotMap(new HostPort[0]);

    static final int SLOTS = 16_384;

    // In vain for a master of a single slot once in some hundred million times.
    private static final int MANY = 20 * SLOTS;

    private final @Nullable HostPort[] masters; // by slot
    private final boolean isWhole;

    private SlotMap(@Nullable HostPort[] masters) {
        this.masters = masters;
        this.isWhole = !isEmpty() && Arrays.stream(masters).allMatch(master -> master != null);
    }

    /**
     * Reads the reply to {@code CLUSTER SLOTS}: of each range of slots the first, the last, its master and its replicas.
     *
     * @param asked the host that gave the reply; it may leave its own out
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

    /** The master of {@code slot}; null if it has none, or none is known. */
    @Nullable HostPort master(int slot) {
        return isEmpty() ? null : masters[slot];
    }

    /** This map, but with {@code master} as the master of {@code slot}. */
    SlotMap with(int slot, HostPort master) {
        if (isEmpty() || slot < 0 || slot >= SLOTS || master.equals(masters[slot])) {
            return this;
        }
        @Nullable HostPort[] changed = masters.clone();
        changed[slot] = master;
        return new SlotMap(changed);
    }

    /** All masters that hold slots, always in the same order. */
    Set<HostPort> masters() {
        Set<HostPort> all = new LinkedHashSet<>();
        @Nullable HostPort last = null;
        for (@Nullable HostPort master : masters) {
            if (master != null && !master.equals(last)) { // most have the same one as their neighbour
                all.add(master);
                last = master;
            }
        }
        return all;
    }

    boolean isEmpty() {
        return masters.length == 0;
    }

    /** Whether there is a master for every slot. */
    boolean isWhole() {
        return isWhole;
    }

    /** What makes, in braces, a key of a slot of {@code master}: of another one each time, where it can. Null if it has none. */
    @Nullable String tag(HostPort master) {
        int first = ThreadLocalRandom.current().nextInt();
        return IntStream.range(0, MANY)
                .mapToObj(i -> Integer.toHexString(first + i))
                .filter(text -> master.equals(master(JedisConnection.slot(text.getBytes(UTF_8)))))
                .findFirst()
                .orElse(null);
    }
}
