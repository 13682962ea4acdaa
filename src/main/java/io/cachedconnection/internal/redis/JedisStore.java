package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Claim;
import io.cachedconnection.internal.core.Entry;
import io.cachedconnection.internal.core.Grant;
import io.cachedconnection.internal.core.Grant.Verdict;
import io.cachedconnection.internal.core.Hearing;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.KeyStep;
import io.cachedconnection.internal.core.Outcome;
import io.cachedconnection.internal.core.Place;
import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.core.RemoteStore;
import io.cachedconnection.internal.core.Response;
import io.cachedconnection.internal.core.ServerEvents;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.core.Target;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;

/** Stores values in Redis, under the protocol. Thread-safe; holds no connection between calls. */
public final class JedisStore implements RemoteStore {

    private static final Logger LOG = System.getLogger(JedisStore.class.getName());
    private static final byte[] NOT_A_STRING = {};
    private static final byte[] WARM_UP_KEY = "cached-connection".getBytes(UTF_8);
    private static final int MOST_ROUNDS = 5;
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(5);

    /** The default of max-transaction-age: a node with a shorter one keeps what the others rely on. */
    public static final Duration LEAST_FENCE_LIFE = Duration.ofSeconds(30);

    private final CommandObjects commands = new CommandObjects(RedisProtocol.RESP2);
    private final Background background = new Background();
    private final TrustedServers trusted;
    private final Topology topology;
    private final ScriptRunner scripts;
    private final ScriptRunner writes;
    private final KeySteps keySteps;
    private final Sweep sweep;

    /** A store on the Redis that {@code settings} tell of, which need not be there yet. */
    public JedisStore(RedisSettings settings, Duration maxTransactionAge) {
        this(settings, maxTransactionAge, ServerEvents.NONE);
    }

    /** A store that tells {@code events} what an operator should know of its servers. */
    public JedisStore(RedisSettings settings, Duration maxTransactionAge, ServerEvents events) {
        this(
                settings,
                maxTransactionAge,
                maxTransactionAge.compareTo(LEAST_FENCE_LIFE) < 0 ? LEAST_FENCE_LIFE : maxTransactionAge,
                events);
    }

    /** A store with fences that live at least {@code fenceLife} after the last moment that they are about. */
    public JedisStore(RedisSettings settings, Duration maxTransactionAge, Duration fenceLife, ServerEvents events) {
        trusted = new TrustedServers(background, events, settings.address(), settings.place() instanceof Place.ClusterEndpoint);
        topology = new Topologies(settings, background, trusted).topology();
        scripts = new ScriptRunner(topology, commands, maxTransactionAge, fenceLife, events::fenceMended);
        writes = scripts.ofWrites();
        keySteps = new KeySteps(topology, scripts, maxTransactionAge);
        sweep = new Sweep(topology, commands, Purpose.WRITE);
        trusted.verifyBy(scripts, new Sweep(topology, commands, Purpose.LOOKUP));
        background.dialing().execute(this::warmUp); // not on the lookout, for which it may have to wait
    }

    /** Prepares its servers for {@code caches}, so that their first lookups need not wait for that. Returns at once. */
    public void prepare(Collection<KeySpace> caches) {
        trusted.expect(caches);
    }

    /** The first call loads classes, which may take longer than a caller waits: so it is not a caller's. */
    private void warmUp() {
        try {
            topology.call(Request.of(WARM_UP_KEY, commands.exists(WARM_UP_KEY)), WARM_UP);
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, () -> "Redis is not there yet: " + e.getMessage());
        }
    }

    /** Nothing, if the server is another Redis than the one that was trusted with the cache, and may hold what is old. */
    @Override
    public byte @Nullable [] find(CacheKey key, long nanos) {
        try {
            byte[] name = Names.of(key);
            CommandObject<byte[]> range = commands.getrange(name, 0, Entry.MOST_BYTES);
            byte[] found = topology.call(Request.trusting(name, range, key.space()), nanos);
            return found == null || found.length == 0 ? null : found;
        } catch (UntrustedException e) {
            return null;
        } catch (StoreException e) {
            if (e.reason() == Reason.WRONG_TYPE) {
                return NOT_A_STRING; // somebody put a list or the like there: an entry that cannot be read
            }
            throw e;
        }
    }

    @Override
    public @Nullable Entry findEntry(CacheKey key, long nanos) {
        byte[] name = Names.of(key);
        CommandArguments life = commands.pttl(name).getArguments();
        CommandArguments range = commands.getrange(name, 0, Entry.MOST_BYTES).getArguments();
        try {
            return topology.call(
                    Request.trusting(name, List.of(life, range, life), Replies::entry, key.space()), nanos);
        } catch (UntrustedException e) {
            return null;
        } catch (StoreException e) {
            if (e.reason() == Reason.WRONG_TYPE) {
                return new Entry(NOT_A_STRING, Duration.ZERO); // as above
            }
            throw e;
        }
    }

    @Override
    public Grant acquire(CacheKey key, Claim claim, long nanos) {
        try {
            return keySteps.acquire(key, claim, nanos);
        } catch (UntrustedException e) {
            return Grant.of(Verdict.FENCED);
        }
    }

    @Override
    public boolean fill(CacheKey key, String token, Entry entry, long nanos) {
        try {
            return scripts.yes(
                    Script.FILL,
                    key,
                    nanos,
                    token,
                    entry.payload(),
                    entry.life().toMillis());
        } catch (UntrustedException e) {
            return false;
        }
    }

    @Override
    public boolean release(CacheKey key, String token, long nanos) {
        return scripts.yes(Script.RELEASE, key, nanos, token);
    }

    @Override
    public void begin(CacheKey key, String write, long nanos) {
        steps(List.of(KeyStep.begin(key, write)), nanos).get(0).get();
    }

    @Override
    public void end(CacheKey key, String write, Outcome outcome, long nanos) {
        steps(List.of(KeyStep.end(key, write, outcome)), nanos).get(0).get();
    }

    @Override
    public boolean endWith(CacheKey key, String write, Duration settle, Entry entry, long nanos) {
        return steps(List.of(KeyStep.endWith(key, write, settle, entry)), nanos)
                .get(0)
                .get();
    }

    @Override
    public List<Response<Boolean>> steps(List<KeyStep> steps, long nanos) {
        return keySteps.steps(steps, nanos);
    }

    @Override
    public boolean evict(CacheKey key, long nanos) {
        return alone(() -> writes.yes(Script.EVICT, key, nanos));
    }

    @Override
    public boolean remove(CacheKey key, long nanos) {
        byte[] name = Names.of(key);
        return Replies.number(topology.call(Request.of(name, commands.del(name)), nanos)) > 0;
    }

    @Override
    public boolean contains(CacheKey key, long nanos) {
        byte[] name = Names.of(key);
        try {
            return Replies.yes(topology.call(Request.trusting(name, commands.exists(name), key.space()), nanos));
        } catch (UntrustedException e) {
            return false;
        }
    }

    /** Once more if a server has turned out to be another Redis meanwhile: it may know nothing of it, and have other keys. */
    @Override
    public void beginAll(KeySpace space, String write, long nanos) {
        for (int rounds = 0; rounds < MOST_ROUNDS; rounds++) {
            int replacements = trusted.replacements();
            alone(() -> writes.yes(Script.BEGIN_ALL, space, nanos, write));
            sweep.leasesThenValues(space, nanos);
            if (trusted.replacements() == replacements) {
                return;
            }
        }
        throw new StoreException(Reason.NOT_NOW, "its servers are replaced again and again");
    }

    /** Does a step that every node has to hear of, unless some of them may still be using another server. */
    private static boolean alone(BooleanSupplier step) {
        try {
            return step.getAsBoolean();
        } catch (UntrustedException e) {
            throw KeySteps.notAlone();
        }
    }

    @Override
    public void endAll(KeySpace space, String write, Outcome outcome, long nanos) {
        int replacements = trusted.replacements();
        if (outcome == Outcome.COMMITTED) {
            beginAll(space, write, nanos); // anew: a long write may have outlived its announcement, and fills then
        }
        writes.yes(Script.END_ALL, space, nanos, write, outcome.name());
        if (outcome == Outcome.COMMITTED && trusted.replacements() != replacements) {
            throw new StoreException(Reason.MOVING, "a server was replaced meanwhile");
        }
    }

    @Override
    public void hear(Set<String> prefixes, Hearing hearing) {
        topology.hear(prefixes, hearing);
    }

    @Override
    public boolean isAnswering(Target target) {
        return topology.isAnswering(target, Purpose.LOOKUP);
    }

    @Override
    public boolean takesWrites(Target target) {
        return topology.isAnswering(target, Purpose.WRITE);
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
