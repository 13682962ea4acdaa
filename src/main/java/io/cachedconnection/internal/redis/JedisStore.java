package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.Endpoint;
import io.cachedconnection.internal.core.EntryKey;
import io.cachedconnection.internal.core.InvalidationListener;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.LeaseRequest;
import io.cachedconnection.internal.core.LeaseResult;
import io.cachedconnection.internal.core.LeaseResult.Verdict;
import io.cachedconnection.internal.core.Outcome;
import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.core.RemoteStore;
import io.cachedconnection.internal.core.Response;
import io.cachedconnection.internal.core.ServerEvents;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.core.StoredEntry;
import io.cachedconnection.internal.core.Target;
import io.cachedconnection.internal.core.WriteStep;
import io.cachedconnection.internal.redis.Request.Purpose;
import io.cachedconnection.internal.redis.Request.UntrustedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Stores values in Redis, under the protocol. Thread-safe; holds no connection between calls. */
public final class JedisStore implements RemoteStore {

    private static final Logger LOG = System.getLogger(JedisStore.class.getName());
    private static final byte[] NOT_A_STRING = {};
    private static final byte[] WARM_UP_KEY = Command.bytes("cached-connection");
    private static final int MOST_ROUNDS = 5;
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(5);

    /** The default of max-transaction-age: a node with a shorter one keeps what the others rely on. */
    public static final Duration LEAST_FENCE_LIFE = Duration.ofSeconds(30);

    private final StoreExecutors executors = new StoreExecutors();
    private final TrustedServers trusted;
    private final Topology topology;
    private final ScriptRunner scripts;
    private final ScriptRunner writes;
    private final KeyScripts keyScripts;
    private final ScanEviction scanEviction;

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
        trusted = new TrustedServers(
                executors, events, settings.address(), settings.place() instanceof Endpoint.ClusterEndpoint);
        topology = new TopologyFactory(settings, executors, trusted).topology();
        scripts = new ScriptRunner(topology, maxTransactionAge, fenceLife, events::fenceMended);
        writes = scripts.ofWrites();
        keyScripts = new KeyScripts(topology, scripts, maxTransactionAge);
        scanEviction = new ScanEviction(topology, Purpose.WRITE);
        trusted.verifyBy(scripts, new ScanEviction(topology, Purpose.LOOKUP));
        executors.dialing().execute(this::warmUp); // not on the lookout, for which it may have to wait
    }

    /** Prepares its servers for {@code caches}, so that their first lookups need not wait for that. Returns at once. */
    public void prepare(Collection<KeySpace> caches) {
        trusted.expect(caches);
    }

    /** The first call loads classes, which may take longer than a caller waits: so it is not a caller's. */
    private void warmUp() {
        try {
            topology.call(Request.of(WARM_UP_KEY, ReplyParser::number, Command.of("EXISTS", WARM_UP_KEY)), WARM_UP);
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, () -> "Redis is not there yet: " + e.getMessage());
        }
    }

    /** Nothing, if the server is another Redis than the one that was trusted with the cache, and may hold what is old. */
    @Override
    public byte @Nullable [] find(EntryKey key, long nanos) {
        try {
            byte[] name = Command.bytes(key.text());
            byte[] found = topology.call(
                    Request.trusting(name, key.space(), replies -> ReplyParser.bytes(replies.get(0)), range(name)),
                    nanos);
            return found == null || found.length == 0 ? null : found;
        } catch (UntrustedException e) {
            return null;
        } catch (StoreException e) {
            if (e.reason() == Reason.WRONG_TYPE) {
                return NOT_A_STRING; // another application put a list or the like there: an entry that cannot be read
            }
            throw e;
        }
    }

    @Override
    public @Nullable StoredEntry findEntry(EntryKey key, long nanos) {
        byte[] name = Command.bytes(key.text());
        Command life = Command.of("PTTL", name);
        try {
            return topology.call(
                    Request.trusting(name, key.space(), ReplyParser::entry, life, range(name), life), nanos);
        } catch (UntrustedException e) {
            return null;
        } catch (StoreException e) {
            if (e.reason() == Reason.WRONG_TYPE) {
                return new StoredEntry(NOT_A_STRING, Duration.ZERO); // as above
            }
            throw e;
        }
    }

    private static Command range(byte[] name) {
        return Command.of("GETRANGE", name, 0, StoredEntry.MOST_BYTES);
    }

    @Override
    public LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
        try {
            return keyScripts.acquire(key, request, nanos);
        } catch (UntrustedException e) {
            return LeaseResult.of(Verdict.FENCED);
        }
    }

    @Override
    public boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos) {
        try {
            return scripts.yes(
                    Script.FILL,
                    key,
                    nanos,
                    token,
                    storedEntry.payload(),
                    storedEntry.life().toMillis());
        } catch (UntrustedException e) {
            return false;
        }
    }

    @Override
    public boolean release(EntryKey key, String token, long nanos) {
        return scripts.yes(Script.RELEASE, key, nanos, token);
    }

    @Override
    public void begin(EntryKey key, String write, long nanos) {
        steps(List.of(WriteStep.begin(key, write)), nanos).get(0).get();
    }

    @Override
    public void end(EntryKey key, String write, Outcome outcome, long nanos) {
        steps(List.of(WriteStep.end(key, write, outcome)), nanos).get(0).get();
    }

    @Override
    public boolean endWith(EntryKey key, String write, Duration settle, StoredEntry storedEntry, long nanos) {
        return steps(List.of(WriteStep.endWith(key, write, settle, storedEntry)), nanos)
                .get(0)
                .get();
    }

    @Override
    public List<Response<Boolean>> steps(List<WriteStep> steps, long nanos) {
        return keyScripts.steps(steps, nanos);
    }

    @Override
    public boolean evict(EntryKey key, long nanos) {
        return alone(() -> writes.yes(Script.EVICT, key, nanos));
    }

    @Override
    public boolean remove(EntryKey key, long nanos) {
        byte[] name = Command.bytes(key.text());
        return topology.call(Request.of(name, ReplyParser::number, Command.of("DEL", name)), nanos) > 0;
    }

    @Override
    public boolean contains(EntryKey key, long nanos) {
        byte[] name = Command.bytes(key.text());
        try {
            return topology.call(
                    Request.trusting(
                            name,
                            key.space(),
                            replies -> ReplyParser.number(replies.get(0)) == 1,
                            Command.of("EXISTS", name)),
                    nanos);
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
            scanEviction.leasesThenValues(space, nanos);
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
            throw KeyScripts.notAlone();
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
    public void hear(Set<String> prefixes, InvalidationListener invalidationListener) {
        topology.hear(prefixes, invalidationListener);
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
        executors.close();
    }
}
