package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.common.FreshBytes;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.ServerEvents;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.store.WriteStep;
import io.cachedconnection.internal.redis.Request.Purpose;
import io.cachedconnection.internal.redis.Request.UntrustedException;
import io.cachedconnection.internal.redis.ScriptRunner.Run;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores values in Redis, under the protocol. Thread-safe; holds no connection between calls.
 *
 * <p>The lease of a key and the end of its write depend on the fence of the key and on that of its cache. Where both are on one
 * server, one script looks at them. In a cluster they may be on two: there the lease comes first, then a look at the cache's
 * fence. An eviction of all that announces itself after that look takes the lease away before anything is filled; the other way
 * round there would be a gap. Each server measures times by its own clock only; lengths of time, not moments, are compared over
 * servers.
 */
public final class JedisStore implements RemoteStore {

    private static final byte[] GETRANGE = Command.bytes("GETRANGE");
    private static final byte[] FIRST = Command.bytes(0);
    private static final byte[] LAST = Command.bytes(StoredEntry.MOST_BYTES);
    private static final byte[] LAST_OF_STAMPS = Command.bytes(Stamps.PLACE + Stamps.MOST * Stamps.BYTES);
    private static final byte[] PTTL = Command.bytes("PTTL");
    private static final byte[] GET = Command.bytes("GET");
    private static final String ANY = "ANY"; // stamps of a value

    private static final Logger LOG = System.getLogger(JedisStore.class.getName());
    private static final byte[] NOT_A_STRING = {};
    private static final byte[] WARM_UP_KEY = Command.bytes("cached-connection");
    private static final int MOST_ROUNDS = 5;
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(5);
    private static final Duration LEASE_OF_A_RESULT = Duration.ofSeconds(1);
    private static final int SHARE_OF_THE_RELEASE = 10; // a tenth of the time that is left is kept for it

    /** The version of Jedis with which this library is built and tested. */
    public static final String JEDIS = "8.0.2";

    private static final String JEDIS_PROPERTIES = "/META-INF/maven/redis.clients/jedis/pom.properties";

    /** The default of max-transaction-age: a node with a shorter one keeps what the others rely on. */
    public static final Duration LEAST_FENCE_LIFE = Duration.ofSeconds(30);

    private final FreshBytes random = new FreshBytes();
    private final StoreExecutors executors = new StoreExecutors();
    private final TrustedServers trusted;
    private final Topology topology;
    private final ScriptRunner scripts;
    private final ScriptRunner writes;
    private final Duration maxTransactionAge;
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
        this.maxTransactionAge = maxTransactionAge;
        scanEviction = new ScanEviction(topology, Purpose.WRITE);
        trusted.verifyBy(scripts, new ScanEviction(topology, Purpose.LOOKUP));
        // The first call loads classes, which may take longer than a caller waits. It is not for the lookout, for which
        // it
        // may have to wait.
        executors.dialing().execute(() -> {
            try {
                topology.call(Request.of(WARM_UP_KEY, ReplyParser::number, Command.of("EXISTS", WARM_UP_KEY)), WARM_UP);
            } catch (StoreException e) {
                LOG.log(Level.DEBUG, () -> "Redis is not there yet: " + e.getMessage());
            }
        });
    }

    /** The version of the Jedis that the application has, if a store cannot work with it. To be asked before one is made. */
    public static Optional<String> unsuitableJedis() {
        try {
            JedisConnection.rehearse();
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            LOG.log(Level.DEBUG, "The Jedis of this application does not fit.", e);
        }
        Properties about = new Properties();
        try (InputStream properties = JedisStore.class.getResourceAsStream(JEDIS_PROPERTIES)) {
            if (properties != null) {
                about.load(properties);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Jedis does not say its version.", e);
        }
        return Optional.of(about.getProperty("version", "of unknown version"));
    }

    /** Prepares its servers for {@code caches}, so that their first lookups need not wait for that. Returns at once. */
    public void prepare(Collection<KeySpace> caches) {
        trusted.expect(caches);
    }

    /** What {@code call} returns, or {@code otherwise} if the server is another Redis than the one that was trusted. */
    private static <T> T trusted(Supplier<T> call, T otherwise) {
        try {
            return call.get();
        } catch (UntrustedException e) {
            return otherwise;
        }
    }

    /** Nothing, if the server is another Redis than the one that was trusted with the cache, and may hold what is old. */
    @Override
    public byte @Nullable [] find(EntryKey key, long nanos) {
        StoredEntry entry = entry(key, nanos, JedisStore::withoutLife, range(key, LAST));
        return entry == null ? null : entry.payload();
    }

    @Override
    public @Nullable StoredEntry findEntry(EntryKey key, long nanos) {
        Command life = new Command(Command.SHORT_REPLY, PTTL, key.bytes());
        return entry(key, nanos, ReplyParser::entry, life, range(key, LAST), life);
    }

    private static @Nullable StoredEntry withoutLife(List<@Nullable Object> replies) {
        byte[] found = ReplyParser.bytes(replies.get(0));
        return found == null || found.length == 0 ? null : new StoredEntry(found, Duration.ZERO);
    }

    /** What {@code reading} makes of the replies to {@code commands}, unless the stamps that were read with it outdate it. */
    private @Nullable StoredEntry entry(
            EntryKey key,
            long nanos,
            Function<List<@Nullable Object>, @Nullable StoredEntry> reading,
            Command... commands) {
        try {
            return key.tags().isEmpty()
                    ? topology.call(Request.trusting(key.bytes(), key.space(), reading, commands), nanos)
                    : stampedEntry(key, nanos, reading, commands);
        } catch (UntrustedException e) {
            return null;
        } catch (StoreException e) {
            if (e.reason() == Reason.WRONG_TYPE) {
                // Another application put a list or the like there: an entry that cannot be read.
                return new StoredEntry(NOT_A_STRING, Duration.ZERO);
            }
            throw e;
        }
    }

    private @Nullable StoredEntry stampedEntry(
            EntryKey key,
            long nanos,
            Function<List<@Nullable Object>, @Nullable StoredEntry> reading,
            Command... commands) {
        if (!topology.isSharded()) {
            Command[] all = Arrays.copyOf(commands, commands.length + key.tags().size());
            for (int i = commands.length; i < all.length; i++) {
                all[i] = stamp(key.tags().get(i - commands.length));
            }
            return topology.call(
                    Request.trusting(
                            key.bytes(),
                            key.space(),
                            replies -> current(
                                    reading.apply(replies),
                                    Stamps.of(replies.subList(commands.length, replies.size()))),
                            all),
                    nanos);
        }
        List<Request<@Nullable Object>> requests = new ArrayList<>(key.tags().size() + 1);
        requests.add(Request.trusting(key.bytes(), key.space(), reading::apply, commands));
        requests.addAll(stampsOf(key));
        List<Response<@Nullable Object>> responses = topology.all(requests, nanos);
        StoredEntry found = (StoredEntry) responses.get(0).get();
        return current(found, stamps(responses.subList(1, responses.size())));
    }

    private static @Nullable StoredEntry current(@Nullable StoredEntry found, @Nullable Stamps stamps) {
        return found == null || Stamps.outdate(found.payload(), stamps) ? null : found;
    }

    /** A question that many callers of one moment have in common. What is no stamp is to be found out, and replaced. */
    private static Command stamp(EntryKey tag) {
        return new Command(Command.LONG_REPLY, true, GET, tag.bytes());
    }

    /**
     * Questions for the stamps of the tags of {@code key}, each for the server where it is. One that is not trusted may hold a
     * stamp of before an eviction, while what carries it is elsewhere, and still there.
     */
    private static List<Request<@Nullable Object>> stampsOf(EntryKey key) {
        return key.tags().stream()
                .map(tag -> Request.<@Nullable Object>trusting(
                        tag.bytes(), tag.space(), replies -> ReplyParser.bytes(replies.get(0)), stamp(tag)))
                .toList();
    }

    /** The stamps in these responses; null if one is missing, or is no stamp. */
    private static @Nullable Stamps stamps(List<Response<@Nullable Object>> responses) {
        List<@Nullable Object> found = new ArrayList<>(responses.size());
        responses.forEach(response -> found.add(response.get()));
        return Stamps.of(found);
    }

    private static Command range(EntryKey key, byte[] last) {
        return new Command(
                Command.LONG_REPLY, GETRANGE, key.bytes(), FIRST, last); // each hit sends it: its words are made once
    }

    @Override
    public LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
        if (topology.isSharded() && !canLook(key, Purpose.LOOKUP)) {
            return LeaseResult.of(Verdict.FENCED); // as long as it is not known whether it is
        }
        try {
            return topology.isSharded()
                    ? acquireSharded(key, request, System.nanoTime() + nanos)
                    : ReplyParser.leaseResult(scripts.reply(acquire(key, request, ANY), nanos));
        } catch (UntrustedException e) {
            return LeaseResult.of(Verdict.FENCED);
        }
    }

    private Run acquire(EntryKey key, LeaseRequest request, Object stamps) {
        return scripts.run(
                Script.ACQUIRE,
                key,
                request.token(),
                ScriptRunner.micros(request.settle()),
                ScriptRunner.micros(request.lease()),
                StoredEntry.MOST_BYTES,
                request.life().toMillis(),
                stamps,
                freshStamp());
    }

    private byte[] freshStamp() {
        return random.next(Stamps.BYTES); // twice the same would bring back what was evicted
    }

    /**
     * The stamps come from where they are, in the same round trip as the lease; then the fences of the cache and of all tags
     * are looked at. If a value is there and carries other stamps, the lease is asked for once more: the value is outdated.
     */
    private LeaseResult acquireSharded(EntryKey key, LeaseRequest request, long until) {
        List<Run> runs = new ArrayList<>(List.of(acquire(key, request, ANY)));
        key.tags().forEach(tag -> runs.add(stamp(scripts, tag, request.settle(), request.life())));
        List<Response<@Nullable Object>> responses = scripts.replies(runs, left(until));
        LeaseResult result = ReplyParser.leaseResult(responses.get(0).get());
        boolean isKept = false;
        try {
            List<LeaseResult> tags = responses.subList(1, responses.size()).stream()
                    .map(response -> ReplyParser.leaseResult(response.get()))
                    .toList();
            Verdict verdict = Verdict.LEASED;
            for (LeaseResult tag : tags) {
                verdict = tag.verdict() == Verdict.PRESENT ? verdict : tag.verdict();
            }
            Stamps stamps = verdict == Verdict.LEASED
                    ? Stamps.of(tags.stream().map(LeaseResult::payload).toList())
                    : null;
            byte[] payload = result.payload();
            boolean isOutdated = payload != null && !key.tags().isEmpty() && Stamps.outdate(payload, stamps);
            if (isOutdated && stamps != null) {
                result = ReplyParser.leaseResult(scripts.reply(acquire(key, request, stamps.bytes()), left(until)));
            } else if (isOutdated) {
                return LeaseResult.of(verdict);
            }
            if (result.verdict() != Verdict.LEASED) {
                return result;
            }
            verdict = verdict == Verdict.LEASED ? look(scripts, key, request.settle(), until) : verdict;
            isKept = verdict == Verdict.LEASED && stamps != null;
            return isKept && stamps != null ? LeaseResult.leased(stamps) : LeaseResult.of(verdict);
        } finally {
            if (result.verdict() == Verdict.LEASED && !isKept) {
                release(scripts, key, request.token(), left(until));
            }
        }
    }

    private Run stamp(ScriptRunner runner, EntryKey tag, Duration settle, Duration life) {
        return runner.run(Script.STAMP, tag, ScriptRunner.micros(settle), life.toMillis(), freshStamp());
    }

    /** In a cluster the stamps are elsewhere, and are looked at when the value is there: who waits for it came before. */
    @Override
    public boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos) {
        Object[] arguments = {token, storedEntry.payload(), storedEntry.life().toMillis()};
        if (!topology.isSharded() || key.tags().isEmpty()) {
            return trusted(() -> scripts.yes(Script.FILL, key, nanos, arguments), false);
        }
        long until = System.nanoTime() + nanos;
        return trusted(
                () -> scripts.yes(Script.FILL, key, nanos, arguments)
                        && !Stamps.outdate(storedEntry.payload(), stamps(topology.all(stampsOf(key), left(until)))),
                false);
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

    /** Results in a cluster go one by one, after the other steps. */
    @Override
    public List<Response<Boolean>> steps(List<WriteStep> steps, long nanos) {
        long start = System.nanoTime();
        List<Response<Object>> replies = writes.replies(
                steps.stream()
                        .filter(step -> !isOnSeveralServers(step))
                        .map(this::run)
                        .toList(),
                nanos);
        boolean isWell = replies.stream().allMatch(reply -> reply.failure() == null);
        long left = isWell ? nanos : nanos - (System.nanoTime() - start);
        Iterator<Response<Object>> next = replies.iterator();
        List<Response<Boolean>> responses = new ArrayList<>(steps.size());
        for (WriteStep step : steps) {
            long rest = left;
            start = System.nanoTime();
            Response<Boolean> response = attempt(() -> isOnSeveralServers(step)
                    ? isStoredSharded(step, rest)
                    : ReplyParser.word(next.next().get()));
            if (response.failure() instanceof UntrustedException) {
                // An announcement that some nodes may not see fails. A result is not for a server that may hold what is
                // old, but its eviction is.
                response = step.outcome() == null
                        ? Response.failed(notAlone())
                        : attempt(() ->
                                !writes.yes(Script.END, step.key(), rest, step.write(), Outcome.COMMITTED.name()));
            }
            if (response.failure() != null) {
                left -= System.nanoTime() - start;
            }
            responses.add(response);
        }
        return responses;
    }

    private static Response<Boolean> attempt(BooleanSupplier step) {
        try {
            return Response.of(step.getAsBoolean());
        } catch (StoreException | UntrustedException e) {
            return Response.failed(e);
        }
    }

    private Run run(WriteStep step) {
        if (step.result() != null) {
            return writes.run(
                    Script.END_WITH,
                    step.key(),
                    step.write(),
                    step.result().payload(),
                    step.result().life().toMillis(),
                    ScriptRunner.micros(step.settle()),
                    freshStamp());
        }
        return step.outcome() == null
                ? writes.run(Script.BEGIN, step.key(), step.write())
                : writes.run(
                        Script.END, step.key(), step.write(), step.outcome().name());
    }

    /** Says that other nodes may still be using another server. */
    private static StoreException notAlone() {
        return new StoreException(
                Reason.MOVING, "a replica was promoted a few seconds ago, and other nodes may not know yet");
    }

    private boolean isOnSeveralServers(WriteStep step) {
        return step.result() != null && topology.isSharded();
    }

    /** Stores with a lease of its own, which another write takes away meanwhile, as from a load. */
    private boolean isStoredSharded(WriteStep step, long nanos) {
        EntryKey key = step.key();
        String write = step.write();
        if (!canLook(key, Purpose.WRITE)) {
            return !writes.yes(Script.END, key, nanos, write, Outcome.COMMITTED.name());
        }
        long until = System.nanoTime() + nanos;
        Duration settle = step.settle();
        StoredEntry result = Objects.requireNonNull(step.result());
        if (!writes.yes(
                Script.END_LEASED,
                key,
                nanos,
                write,
                ScriptRunner.micros(LEASE_OF_A_RESULT),
                ScriptRunner.micros(settle))) {
            return false;
        }
        Stamps stamps = null;
        try {
            stamps = stampsOfResult(key, maxTransactionAge.plus(settle), result.life(), until);
        } finally {
            if (stamps == null) {
                release(writes, key, write, left(until));
            }
        }
        return stamps != null
                && writes.yes(
                        Script.FILL,
                        key,
                        left(until),
                        write,
                        stamps.in(result.payload()),
                        result.life().toMillis());
    }

    /** What a result is to carry; null if it is not to be stored, for all of its cache or one of its tags was written meanwhile. */
    private @Nullable Stamps stampsOfResult(EntryKey key, Duration settle, Duration life, long until) {
        List<Run> runs =
                key.tags().stream().map(tag -> stamp(writes, tag, settle, life)).toList();
        List<LeaseResult> tags = runs.isEmpty()
                ? List.of()
                : writes.replies(runs, left(until)).stream()
                        .map(response -> ReplyParser.leaseResult(response.get()))
                        .toList();
        boolean isKept = tags.stream().allMatch(tag -> tag.verdict() == Verdict.PRESENT)
                && look(writes, key, settle, until) == Verdict.LEASED;
        return isKept ? Stamps.of(tags.stream().map(LeaseResult::payload).toList()) : null;
    }

    private boolean canLook(EntryKey key, Purpose purpose) {
        return topology.isAnswering(Command.bytes(key.space().fence()), purpose);
    }

    /** Looks at the fences of the cache and of all tags; some time is left to give the lease back. */
    private static Verdict look(ScriptRunner runner, EntryKey key, Duration settle, long until) {
        List<KeySpace> spaces = new ArrayList<>(List.of(key.space()));
        key.tags().stream().limit(1).forEach(tag -> spaces.add(tag.space()));
        List<Run> looks = spaces.stream()
                .map(space -> runner.run(Script.LOOK, space, ScriptRunner.micros(settle)))
                .toList();
        long left = left(until);
        Verdict verdict = Verdict.LEASED;
        for (Response<@Nullable Object> response : runner.replies(looks, left - left / SHARE_OF_THE_RELEASE)) {
            Verdict each = ReplyParser.leaseResult(response.get()).verdict();
            verdict = each == Verdict.LEASED ? verdict : each;
        }
        return verdict;
    }

    /** If it fails, other callers wait until the lease runs out. */
    private static void release(ScriptRunner runner, EntryKey key, String token, long nanos) {
        try {
            runner.yes(Script.RELEASE, key, nanos, token);
        } catch (StoreException e) {
            if (e.reason() == Reason.GARBAGE) {
                throw e;
            }
        }
    }

    private static long left(long until) {
        return until - System.nanoTime();
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

    /** Reads as much of the value as tells its stamps. */
    @Override
    public boolean contains(EntryKey key, long nanos) {
        return entry(key, nanos, JedisStore::withoutLife, range(key, LAST_OF_STAMPS)) != null;
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
            throw notAlone();
        }
    }

    @Override
    public void endAll(KeySpace space, String write, Outcome outcome, long nanos) {
        int replacements = trusted.replacements();
        if (outcome == Outcome.COMMITTED) {
            beginAll(space, write, nanos); // again: a long write may have outlived its announcement, and fills then
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
