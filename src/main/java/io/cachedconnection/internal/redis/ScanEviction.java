package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.redis.Request.Purpose;
import io.cachedconnection.internal.redis.Request.UntrustedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Removes all entries of a cache, in two passes by SCAN over every server: first the leases, then the values. In this order no
 * fill slips through: a load with a lease has lost it when the values are removed. The time grows with the number of keys in
 * Redis; each step is bounded.
 */
final class ScanEviction {

    private static final int KEYS_AT_A_TIME = 500;
    private static final int MOST_ROUNDS = 5;
    private static final int MOST_TRIES = 5;
    private static final String DROP_LEASES = script("redis.pcall('HDEL', key, 'lease')");
    // Of two overlapping writes, one may be known from before the change of master and the other one be lost.
    private static final String DROP_LEASES_AND_STAMP = script("""
            redis.pcall('HDEL', key, 'lease')
            if type(done) == 'number' and redis.pcall('EXISTS', key) == 1 then
              local time = redis.pcall('TIME')
              redis.pcall('HSET', key, 'evicted', string.format('%.0f', time[1] * 1000000 + time[2]))
            end
            """);
    private static final String DROP_VALUES = script("redis.pcall('UNLINK', key)");

    private final Topology topology;
    private final Purpose purpose;

    /** Creates an eviction on the connections of this purpose. */
    ScanEviction(Topology topology, Purpose purpose) {
        this.topology = topology;
        this.purpose = purpose;
    }

    // The keys are arguments, because in a cluster declared keys must share a slot. Keys that this server refuses are
    // returned:
    // they may have moved to another server just now. A fence that is no hash has no lease.
    private static String script(String removal) {
        return """
                local left = {}
                for _, key in ipairs(ARGV) do
                  local done = %s
                  if type(done) == 'table' and done.err and not string.find(done.err, 'WRONGTYPE', 1, true) then
                    left[#left + 1] = key
                  end
                end
                return left
                """.formatted(removal);
    }

    /**
     * Runs both passes; each round trip may take {@code nanos}. While keys move, one may be missed: it moved from a server not
     * scanned yet to one already scanned. The next round finds it, if the servers are the same. So rounds repeat until nothing
     * has moved, or twice while the masters agree on the slots; otherwise the eviction has failed.
     */
    void leasesThenValues(KeySpace space, long nanos) {
        settled(nanos, isMoving -> round(List.of(space), DROP_LEASES, topology.servers(nanos), null, nanos));
    }

    /**
     * Removes everything that the server with this identity may have brought back: leases, fields as old as an announced write,
     * and values. Goes to other servers only if keys are moving there.
     *
     * @return whether there were values
     * @throws UntrustedException if the server has another identity now
     */
    boolean entriesOf(Collection<KeySpace> spaces, Server server, ServerIdentity identity, long nanos) {
        String start = KeySpace.commonStart(spaces);
        if (start.isEmpty()) { // otherwise one SCAN would also find all keys of other applications in this database
            boolean found = false;
            for (KeySpace space : spaces) {
                found |= entriesOf(List.of(space), server, identity, nanos);
            }
            return found;
        }
        AtomicBoolean found = new AtomicBoolean();
        settled(nanos, isMoving -> {
            boolean some = isMoving
                    ? round(spaces, DROP_LEASES_AND_STAMP, topology.servers(nanos), null, nanos)
                    : round(spaces, DROP_LEASES_AND_STAMP, List.of(server), identity, nanos);
            found.set(found.get() || some);
        });
        return found.get();
    }

    private void settled(long nanos, Consumer<Boolean> round) {
        boolean again = false;
        for (int rounds = 0; rounds < MOST_ROUNDS; rounds++) {
            SlotOwnership before = topology.slotOwnership(purpose, nanos);
            if (!before.isSettled()) {
                topology.lookAgain(nanos);
                again = false;
                continue;
            }
            round.accept(again || before.isMoving());
            SlotOwnership after = topology.slotOwnership(purpose, nanos);
            boolean same = before.slots().equals(after.slots()) && after.isSettled();
            if (same && (again || !(before.isMoving() || after.isMoving()))) {
                return;
            }
            again = same;
        }
        throw new StoreException(Reason.NOT_NOW, "its servers do not agree who holds which keys");
    }

    /** Runs one round; returns whether there were values. */
    private boolean round(
            Collection<KeySpace> spaces,
            String leaseScript,
            List<Server> servers,
            @Nullable ServerIdentity only,
            long nanos) {
        String start = KeySpace.commonStart(spaces);
        Pass leases = new Pass(
                KeySpace.fencePattern(start),
                fence -> spaces.stream().anyMatch(space -> space.holdsFence(fence)),
                leaseScript,
                fence -> Command.of("HDEL", fence, "lease"));
        Pass values = new Pass(
                KeySpace.valuePattern(start),
                key -> spaces.stream().anyMatch(space -> space.holds(key)),
                DROP_VALUES,
                key -> Command.of("UNLINK", key));
        boolean found = false;
        for (Pass pass : List.of(leases, values)) {
            found = false;
            for (Server server : servers) {
                found |= scan(
                        server,
                        pass,
                        only,
                        nanos,
                        keys -> dropped(server, pass.script, keys, only, nanos)
                                .forEach(left -> topology.call(
                                        Request.of(left, ReplyParser::number, pass.one.apply(left))
                                                .on(purpose),
                                        nanos)));
            }
        }
        return found;
    }

    /**
     * One pass.
     *
     * @param pattern the pattern of the SCAN
     * @param isWanted distinguishes its keys from keys of other applications with the same beginning
     * @param script removes keys of one server
     * @param one removes one key, on any server
     */
    private record Pass(String pattern, Predicate<String> isWanted, String script, Function<byte[], Command> one) {}

    /** Scans one server; returns whether it found keys. */
    private boolean scan(
            Server server, Pass pass, @Nullable ServerIdentity only, long nanos, Consumer<List<byte[]>> action) {
        boolean found = false;
        byte[] cursor = Command.bytes(0);
        do {
            Command scan = Command.of("SCAN", cursor, "MATCH", pass.pattern, "COUNT", KEYS_AT_A_TIME)
                    .withLongReply();
            Request<Page> next = Request.of(Page::of, scan).only(only).on(purpose);
            Page page = patiently(() -> server.call(next, nanos));
            List<byte[]> wanted = page.keys.stream()
                    .filter(key -> pass.isWanted.test(new String(key, UTF_8)))
                    .toList();
            if (!wanted.isEmpty()) {
                found = true;
                patiently(() -> {
                    action.accept(wanted);
                    return wanted;
                });
            }
            cursor = page.cursor;
        } while (!Arrays.equals(Command.bytes(0), cursor));
        return found;
    }

    /** The result of one SCAN: the next cursor, and keys. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Page(byte[] cursor, List<byte[]> keys) {

        static Page of(@Nullable Object reply) {
            if (reply instanceof List<?> parts && parts.size() == 2 && parts.get(0) instanceof byte[] cursor) {
                return new Page(cursor, ReplyParser.texts(parts.get(1)));
            }
            throw ReplyParser.garbage();
        }
    }

    /** Retries a failed call, so that a short stall does not restart the whole eviction. */
    private <T> T patiently(Supplier<T> call) {
        for (int tries = 1; ; tries++) {
            try {
                return call.get();
            } catch (StoreException e) {
                if (e.reason() != Reason.TIMEOUT || tries == MOST_TRIES || purpose == Purpose.WRITE) {
                    throw e;
                }
            }
        }
    }

    /** Removes {@code keys} from {@code server}. Returns the keys that it refused. */
    private List<byte[]> dropped(
            Server server, String script, List<byte[]> keys, @Nullable ServerIdentity only, long nanos) {
        List<Object> words = new ArrayList<>(List.of("EVAL", script, 0));
        words.addAll(keys);
        Request<List<byte[]>> eval =
                Request.of(ReplyParser::texts, Command.of(words.toArray()).withLongReply());
        return server.call(eval.only(only).on(purpose), nanos);
    }
}
