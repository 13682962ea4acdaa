package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Claim;
import io.cachedconnection.internal.core.Entry;
import io.cachedconnection.internal.core.Grant;
import io.cachedconnection.internal.core.Hearing;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.Outcome;
import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.core.RemoteStore;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.core.Target;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;

/** Stores values in Redis, under the protocol. Thread-safe; holds no connection between calls. */
public final class JedisStore implements RemoteStore {

    private static final Logger LOG = System.getLogger(JedisStore.class.getName());
    private static final byte[] NOT_A_STRING = {};
    private static final byte[] WARM_UP_KEY = "cached-connection".getBytes(UTF_8);
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(5);

    /** The default of max-transaction-age: a node with a shorter one keeps what the others rely on. */
    private static final Duration LEAST_FENCE_LIFE = Duration.ofSeconds(30);

    private final CommandObjects commands = new CommandObjects(RedisProtocol.RESP2);
    private final Background background = new Background();
    private final Topology topology;
    private final ScriptRunner scripts;
    private final LeaseSteps leases;
    private final Sweep sweep;

    /** A store on the Redis that {@code settings} tell of, which need not be there yet. */
    public JedisStore(RedisSettings settings, Duration maxTransactionAge) {
        this(settings, maxTransactionAge, cache -> {});
    }

    /** The same, which tells {@code mended} the name of each cache of which it has mended a fence; that does not throw. */
    public JedisStore(RedisSettings settings, Duration maxTransactionAge, Consumer<String> mended) {
        this(
                settings,
                maxTransactionAge,
                maxTransactionAge.compareTo(LEAST_FENCE_LIFE) < 0 ? LEAST_FENCE_LIFE : maxTransactionAge,
                mended);
    }

    /** The same, with fences that live at least {@code fenceLife} after the last moment that they are about. */
    public JedisStore(RedisSettings settings, Duration maxTransactionAge, Duration fenceLife, Consumer<String> mended) {
        topology = new Topologies(settings, background).topology();
        scripts = new ScriptRunner(topology, commands, maxTransactionAge, fenceLife, mended);
        leases =
                topology.isParted() ? new ApartSteps(topology, scripts, maxTransactionAge) : new TogetherSteps(scripts);
        sweep = new Sweep(topology, commands);
        background.dialing().execute(this::warmUp); // not on the lookout, for which it may have to wait
    }

    /** The first call loads classes, which may take longer than a caller waits: so it is not a caller's. */
    private void warmUp() {
        try {
            topology.call(Request.of(WARM_UP_KEY, commands.exists(WARM_UP_KEY)), WARM_UP);
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, () -> "Redis is not there yet: " + e.getMessage());
        }
    }

    @Override
    public byte @Nullable [] find(CacheKey key, long nanos) {
        try {
            byte[] name = Names.of(key);
            byte[] found = topology.call(Request.of(name, commands.getrange(name, 0, Entry.MOST_BYTES)), nanos);
            return found == null || found.length == 0 ? null : found;
        } catch (StoreException e) {
            if (e.reason() == Reason.WRONG_TYPE) {
                return NOT_A_STRING; // somebody put a list or the like there: an entry that cannot be read
            }
            throw e;
        }
    }

    @Override
    public @Nullable Entry findEntry(CacheKey key, long nanos) {
        try {
            return Replies.entry(scripts.ofValue(Script.FIND, key, nanos, Entry.MOST_BYTES));
        } catch (StoreException e) {
            if (e.reason() == Reason.WRONG_TYPE) {
                return new Entry(NOT_A_STRING, Duration.ZERO); // as above
            }
            throw e;
        }
    }

    @Override
    public Grant acquire(CacheKey key, Claim claim, long nanos) {
        return leases.acquire(key, claim, nanos);
    }

    @Override
    public boolean fill(CacheKey key, String token, Entry entry, long nanos) {
        return scripts.yes(Script.FILL, key, nanos, token, entry.payload(), Times.millis(entry.life()));
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
    public boolean endWith(CacheKey key, String write, Duration settle, Entry entry, long nanos) {
        return leases.endWith(key, write, settle, entry, nanos);
    }

    @Override
    public boolean evict(CacheKey key, long nanos) {
        return scripts.yes(Script.EVICT, key, nanos);
    }

    @Override
    public boolean remove(CacheKey key, long nanos) {
        byte[] name = Names.of(key);
        return Replies.number(topology.call(Request.of(name, commands.del(name)), nanos)) > 0;
    }

    @Override
    public boolean contains(CacheKey key, long nanos) {
        byte[] name = Names.of(key);
        return Replies.yes(topology.call(Request.of(name, commands.exists(name)), nanos));
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

    @Override
    public void hear(Set<String> prefixes, Hearing hearing) {
        topology.hear(prefixes, hearing);
    }

    @Override
    public boolean isAnswering(Target target) {
        return topology.isAnswering(target);
    }

    @Override
    public boolean isCalm() {
        return topology.isCalm();
    }

    @Override
    public void revive(long nanos) {
        topology.revive(nanos);
    }

    @Override
    public void close() {
        topology.close();
        background.close();
    }
}
