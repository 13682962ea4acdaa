package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * The removal of all entries of a cache, in two passes by SCAN over every server: first the leases, then the values. In
 * that order no fill slips between: whoever had a lease has lost it when the values go. Takes as long as Redis has keys, a
 * bounded time each.
 */
final class Sweep {

    private static final int KEYS_AT_A_TIME = 500;
    private static final int MOST_ROUNDS = 5;
    private static final byte[] LEASE = "lease".getBytes(UTF_8);
    private static final String DROP_LEASES = script("redis.pcall('HDEL', key, 'lease')");
    private static final String DROP_VALUES = script("redis.pcall('UNLINK', key)");

    private final Topology topology;
    private final CommandObjects commands;

    Sweep(Topology topology, CommandObjects commands) {
        this.topology = topology;
        this.commands = commands;
    }

    // The keys are arguments, for in a cluster those that a script declares have to go together. Those that this server
    // will
    // not let go come back: they may have moved to another one in this moment. A fence that is no hash has no lease.
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
     * Both passes; each round trip may take {@code nanos}. Where keys move, one may be missed: it has gone from a server that
     * was not looked at yet to one that had been. It is found in the next round, if the servers are the same. So this goes
     * round until nothing has moved, or twice while the masters agree who holds what, and else has not been done.
     */
    void leasesThenValues(KeySpace space, long nanos) {
        boolean again = false;
        for (int rounds = 0; rounds < MOST_ROUNDS; rounds++) {
            Layout before = topology.layout(nanos);
            if (!before.isSettled()) {
                topology.lookAgain(nanos);
                again = false;
                continue;
            }
            round(space, nanos);
            Layout after = topology.layout(nanos);
            boolean same = before.slots().equals(after.slots()) && after.isSettled();
            if (same && (again || !(before.isMoving() || after.isMoving()))) {
                return;
            }
            again = same;
        }
        throw new StoreException(Reason.NOT_NOW, "its servers do not agree who holds which keys");
    }

    private void round(KeySpace space, long nanos) {
        Pass leases =
                new Pass(space.fencePattern(), space::holdsFence, DROP_LEASES, fence -> commands.hdel(fence, LEASE));
        Pass values = new Pass(space.valuePattern(), space::holds, DROP_VALUES, commands::unlink);
        for (Pass pass : List.of(leases, values)) {
            for (Server server : topology.servers(nanos)) {
                scan(
                        server,
                        pass,
                        nanos,
                        keys -> dropped(server, pass.script, keys, nanos)
                                .forEach(left -> topology.call(Request.of(left, pass.one.apply(left)), nanos)));
            }
        }
    }

    /**
     * What is removed.
     *
     * @param pattern what SCAN looks for
     * @param isWanted tells what it finds apart from keys of other applications, which may begin alike
     * @param script removes those of one server
     * @param one removes one of them, wherever it is
     */
    private record Pass(
            String pattern, Predicate<String> isWanted, String script, Function<byte[], CommandObject<?>> one) {}

    private void scan(Server server, Pass pass, long nanos, Consumer<List<byte[]>> action) {
        ScanParams params = new ScanParams().match(pass.pattern.getBytes(UTF_8)).count(KEYS_AT_A_TIME);
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        do {
            ScanResult<byte[]> page = server.call(Request.of(commands.scan(cursor, params)), nanos);
            List<byte[]> wanted = page.getResult().stream()
                    .filter(key -> pass.isWanted.test(new String(key, UTF_8)))
                    .toList();
            if (!wanted.isEmpty()) {
                action.accept(wanted);
            }
            cursor = page.getCursorAsBytes();
        } while (!ScanParams.SCAN_POINTER_START.equals(new String(cursor, UTF_8)));
    }

    /** Those that are left. */
    private List<byte[]> dropped(Server server, String script, List<byte[]> keys, long nanos) {
        return Replies.texts(server.call(Request.of(commands.eval(script.getBytes(UTF_8), List.of(), keys)), nanos));
    }
}
