package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Claim;
import io.cachedconnection.internal.core.Entry;
import io.cachedconnection.internal.core.Grant;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.Outcome;
import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.core.RemoteStore;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;

/** Stores values in one Redis, under the protocol. Thread-safe; holds no connection between calls. */
public final class JedisStore implements RemoteStore {

    private static final byte[] NOT_A_STRING = {};

    private final CommandObjects commands = new CommandObjects(RedisProtocol.RESP2);
    private final Exchange exchange;
    private final ScriptRunner scripts;
    private final Sweep sweep;

    /** A store on the Redis that {@code settings} tell of, which need not be there yet. */
    public JedisStore(RedisSettings settings, Duration maxTransactionAge) {
        exchange = new Exchange(settings);
        scripts = new ScriptRunner(exchange, commands, maxTransactionAge);
        sweep = new Sweep(exchange, commands);
    }

    @Override
    public byte @Nullable [] find(CacheKey key, long nanos) {
        try {
            return exchange.call(commands.get(bytes(key)), nanos);
        } catch (StoreException e) {
            if (e.reason() == Reason.WRONG_TYPE) {
                return NOT_A_STRING; // somebody put a list or the like there: an entry that cannot be read
            }
            throw e;
        }
    }

    @Override
    public Grant acquire(CacheKey key, Claim claim, long nanos) {
        return Replies.grant(scripts.reply(
                Script.ACQUIRE, key, nanos, claim.token(), micros(claim.settle()), micros(claim.lease())));
    }

    @Override
    public boolean fill(CacheKey key, String token, Entry entry, long nanos) {
        return scripts.yes(Script.FILL, key, nanos, token, entry.payload(), millis(entry));
    }

    @Override
    public boolean release(CacheKey key, String token, long nanos) {
        return scripts.yes(Script.RELEASE, key, nanos, token);
    }

    @Override
    public void begin(CacheKey key, String write, long nanos) {
        scripts.yes(Script.BEGIN, key, nanos, write);
    }

    @Override
    public void end(CacheKey key, String write, Outcome outcome, long nanos) {
        scripts.yes(Script.END, key, nanos, write, outcome.name());
    }

    @Override
    public boolean endWith(CacheKey key, String write, Entry entry, long nanos) {
        return scripts.yes(Script.END_WITH, key, nanos, write, entry.payload(), millis(entry));
    }

    @Override
    public boolean evict(CacheKey key, long nanos) {
        return scripts.yes(Script.EVICT, key, nanos);
    }

    @Override
    public boolean remove(CacheKey key, long nanos) {
        return Replies.number(exchange.call(commands.del(bytes(key)), nanos)) > 0;
    }

    @Override
    public boolean contains(CacheKey key, long nanos) {
        return Replies.yes(exchange.call(commands.exists(bytes(key)), nanos));
    }

    @Override
    public void beginAll(KeySpace space, String write, long nanos) {
        scripts.yes(Script.BEGIN_ALL, space, nanos, write);
        sweep.leasesThenValues(space, nanos);
    }

    @Override
    public void endAll(KeySpace space, String write, Outcome outcome, long nanos) {
        if (outcome == Outcome.COMMITTED) {
            beginAll(space, write, nanos); // anew: a long write may have outlived its announcement, and fills then
        }
        scripts.yes(Script.END_ALL, space, nanos, write, outcome.name());
    }

    private static byte[] bytes(CacheKey key) {
        return key.text().getBytes(UTF_8);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static long millis(Entry entry) {
        return entry.life().toMillis();
    }

    @Override
    public void close() {
        exchange.close();
    }
}
