package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.KeySpace;
import java.util.List;
import java.util.function.Consumer;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * The removal of all entries of a cache, in two passes by SCAN: first the leases, then the values. In that order no fill
 * slips between: whoever had a lease has lost it when the values go. Takes as long as Redis has keys, a bounded time each.
 */
final class Sweep {

    private static final int KEYS_AT_A_TIME = 500;
    private static final byte[] DROP_LEASES =
            "for _, fence in ipairs(KEYS) do redis.pcall('HDEL', fence, 'lease') end".getBytes(UTF_8);

    private final Exchange exchange;
    private final CommandObjects commands;

    Sweep(Exchange exchange, CommandObjects commands) {
        this.exchange = exchange;
        this.commands = commands;
    }

    /** Both passes; each round trip may take {@code nanos}. */
    void leasesThenValues(KeySpace space, long nanos) {
        each(space.fencePattern(), nanos, keys -> exchange.call(commands.eval(DROP_LEASES, keys, List.of()), nanos));
        each(space.valuePattern(), nanos, keys -> exchange.call(commands.unlink(keys.toArray(byte[][]::new)), nanos));
    }

    private void each(String pattern, long nanos, Consumer<List<byte[]>> action) {
        ScanParams params = new ScanParams().match(pattern.getBytes(UTF_8)).count(KEYS_AT_A_TIME);
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        do {
            ScanResult<byte[]> page = exchange.call(commands.scan(cursor, params), nanos);
            if (!page.getResult().isEmpty()) {
                action.accept(page.getResult());
            }
            cursor = page.getCursorAsBytes();
        } while (!ScanParams.SCAN_POINTER_START.equals(new String(cursor, UTF_8)));
    }
}
