package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.common.FreshBytes;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.ServerEvents;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.EntryReport;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.ServerReport;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.store.Tracing;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stores values in Redis under the protocol. Thread-safe; holds no connection between calls.
 *
 * <p>The lease of a key and the end of its write depend on the fences of the key and of its cache. If both are on one server,
 * one script checks them. In a cluster they may be on two: the lease comes first, then the check of the cache's fence. An
 * eviction of the whole cache that is announced after that check removes the lease before a fill; the reverse order would leave
 * a gap. Each server measures times by its own clock only; only durations, not points in time, are compared across servers.
 */
public final class JedisStore implements RemoteStore {

    private static final byte[] GETRANGE = Command.bytes("GETRANGE");
    private static final byte[] FIRST = Command.bytes(0);
    private static final byte[] LAST = Command.bytes(StoredEntry.MOST_BYTES);
    private static final byte[] LAST_OF_STAMPS = Command.bytes(Stamps.PLACE + Stamps.MOST * Stamps.BYTES);
    private static final byte[] PTTL = Command.bytes("PTTL");
    private static final byte[] GET = Command.bytes("GET");
    private static final String ANY = "ANY"; // the stamps of a value

    private static final Logger LOG = System.getLogger(JedisStore.class.getName());
    private static final Pattern FENCE_FIELD = Pattern.compile("(\\S+ )?([0-9]{1,18})");
    private static final byte[] NOT_A_STRING = {};
    private static final byte[] WARM_UP_KEY = Command.bytes("cached-connection");
    private static final int MOST_ROUNDS = 5;
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(5);
    private static final Duration LEASE_OF_A_RESULT = Duration.ofSeconds(1);
    private static final int SHARE_OF_THE_RELEASE = 10; // a tenth of the remaining time is reserved for it

    /** The Jedis version with which this library is built and tested. */
    public static final String JEDIS = "8.0.2";

    private static final String JEDIS_PROPERTIES = "/META-INF/maven/redis.clients/jedis/pom.properties";

    /** The default of max-transaction-age: a node with a shorter one still keeps fences as long as others rely on them. */
    public static final Duration LEAST_FENCE_LIFE = Duration.ofSeconds(30);

    private final FreshBytes random = new FreshBytes();
    private final StoreExecutors executors = new StoreExecutors();
    private final TrustedServers trusted;
    private final Topology topology;
    private final ScriptRunner scripts;
    private final ScriptRunner writes;
    private final Duration maxTransactionAge;
    private final ScanEviction scanEviction;

    /** Creates a store on the Redis of {@code settings}, which may be unavailable at first. */
    public JedisStore(RedisSettings settings, Duration maxTransactionAge) {
        this(settings, maxTransactionAge, ServerEvents.NONE);
    }

    /** Creates a store that reports the events of its servers to {@code events}. */
    public JedisStore(RedisSettings settings, Duration maxTransactionAge, ServerEvents events) {
        this(
                settings,
                maxTransactionAge,
                maxTransactionAge.compareTo(LEAST_FENCE_LIFE) < 0 ? LEAST_FENCE_LIFE : maxTransactionAge,
                events);
    }

    /** Creates a store whose fences live at least {@code fenceLife} after the last moment that they describe. */
    public JedisStore(RedisSettings settings, Duration maxTransactionAge, Duration fenceLife, ServerEvents events) {
        this(settings, maxTransactionAge, fenceLife, events, Tracing.NONE);
    }

    /** Creates a store that reports each call to {@code tracing}. */
    public JedisStore(
            RedisSettings settings,
            Duration maxTransactionAge,
            Duration fenceLife,
            ServerEvents events,
            Tracing tracing) {
        trusted = new TrustedServers(
                executors, events, settings.address(), settings.place() instanceof Endpoint.ClusterEndpoint);
        topology = new TopologyFactory(settings, executors, trusted, tracing).topology();
        scripts = new ScriptRunner(topology, maxTransactionAge, fenceLife, events::fenceMended);
        writes = scripts.ofWrites();
        this.maxTransactionAge = maxTransactionAge;
        scanEviction = new ScanEviction(topology, Purpose.WRITE);
        trusted.verifyBy(scripts, new ScanEviction(topology, Purpose.LOOKUP));
        // The first call loads classes, which may take longer than a caller waits. Not on the thread that refreshes the
        // topology, because the first call may have to wait for it.
        executors.dialing().execute(() -> {
            try {
                topology.call(Request.of(WARM_UP_KEY, ReplyParser::number, Command.of("EXISTS", WARM_UP_KEY)), WARM_UP);
            } catch (StoreException e) {
                LOG.log(Level.DEBUG, () -> "Redis is not there yet: " + e.getMessage());
            }
        });
    }

    /** Returns the application's Jedis version if a store cannot work with it. Call it before creating a store. */
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

    /** Prepares its servers for {@code caches}, so that first lookups do not wait. Returns at once. */
    public void prepare(Collection<KeySpace> caches) {
        trusted.expect(caches);
    }

    @Override
    public List<ServerReport> servers() {
        return topology.known().stream().map(Server::report).toList();
    }

    /** Returns the result of {@code call}, or {@code otherwise} if the server is not the trusted Redis any more. */
    private static <T> T trusted(Supplier<T> call, T otherwise) {
        try {
            return call.get();
        } catch (UntrustedException e) {
            return otherwise;
        }
    }

    /** Returns null if the server is not trusted with the cache, because its entries may be stale. */
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

    /** Reads an entry by {@code commands}, unless the stamps that are read with it outdate it. */
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
                // Another application stored another type there: an unreadable entry.
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

    /** Reads a stamp; concurrent callers share the reply. A malformed stamp is detected and replaced. */
    private static Command stamp(EntryKey tag) {
        return new Command(Command.LONG_REPLY, true, GET, tag.bytes());
    }

    /**
     * Requests for the stamps of the tags of {@code key}, each for the server that holds it. An untrusted server may have a
     * stamp from before an eviction, while entries that carry it still exist elsewhere.
     */
    private static List<Request<@Nullable Object>> stampsOf(EntryKey key) {
        return key.tags().stream()
                .map(tag -> Request.<@Nullable Object>trusting(
                        tag.bytes(), tag.space(), replies -> ReplyParser.bytes(replies.get(0)), stamp(tag)))
                .toList();
    }

    /** Returns the stamps in these responses; null if one is missing or malformed. */
    private static @Nullable Stamps stamps(List<Response<@Nullable Object>> responses) {
        List<@Nullable Object> found = new ArrayList<>(responses.size());
        responses.forEach(response -> found.add(response.get()));
        return Stamps.of(found);
    }

    private static Command range(EntryKey key, byte[] last) {
        return new Command(
                Command.LONG_REPLY,
                GETRANGE,
                key.bytes(),
                FIRST,
                last); // each hit sends it, so its words are created once
    }

    @Override
    public LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
        if (topology.isSharded() && !canLook(key, Purpose.LOOKUP)) {
            return LeaseResult.of(Verdict.FENCED); // until it is known whether it is fenced
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
        return random.next(Stamps.BYTES); // a repeated stamp would revive evicted entries
    }

    /**
     * Reads the stamps where they are, in the same round trip as the lease; then checks the fences of the cache and of all
     * tags. If a value is present with other stamps, it is outdated, and the lease is requested again.
     */
    private LeaseResult acquireSharded(EntryKey key, LeaseRequest request, long until) {
        List<Run> runs = new ArrayList<>(List.of(acquire(key, request, ANY)));
        key.tags().forEach(tag -> runs.add(stamp(scripts, tag, request.settle(), request.life())));
        List<Response<@Nullable Object>> responses = scripts.replies(runs, remaining(until));
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
                result =
                        ReplyParser.leaseResult(scripts.reply(acquire(key, request, stamps.bytes()), remaining(until)));
            } else if (isOutdated) {
                return LeaseResult.of(verdict);
            }
            if (result.verdict() != Verdict.LEASED) {
                return result;
            }
            verdict = verdict == Verdict.LEASED ? checkFences(scripts, key, request.settle(), until) : verdict;
            isKept = verdict == Verdict.LEASED && stamps != null;
            return isKept && stamps != null ? LeaseResult.leased(stamps) : LeaseResult.of(verdict);
        } finally {
            if (result.verdict() == Verdict.LEASED && !isKept) {
                release(scripts, key, request.token(), remaining(until));
            }
        }
    }

    private Run stamp(ScriptRunner runner, EntryKey tag, Duration settle, Duration life) {
        return runner.run(Script.STAMP, tag, ScriptRunner.micros(settle), life.toMillis(), freshStamp());
    }

    /**
     * Stores a value. In a cluster the stamps are elsewhere and are checked after the store: callers that wait for it came
     * before.
     */
    @Override
    public boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos) {
        Object[] arguments = {token, storedEntry.payload(), storedEntry.life().toMillis()};
        if (!topology.isSharded() || key.tags().isEmpty()) {
            return trusted(() -> scripts.yes(Script.FILL, key, nanos, arguments), false);
        }
        long until = System.nanoTime() + nanos;
        return trusted(
                () -> scripts.yes(Script.FILL, key, nanos, arguments)
                        && !Stamps.outdate(
                                storedEntry.payload(), stamps(topology.all(stampsOf(key), remaining(until)))),
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

    /** Takes the steps. In a cluster, results follow the other steps one by one. */
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
                // An announcement that some nodes may not see fails. A result must not go to a server that may hold
                // stale
                // entries, but its eviction must.
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

    /** Creates the failure that other nodes may still use another server. */
    private static StoreException notAlone() {
        return new StoreException(
                Reason.MOVING, "a replica was promoted a few seconds ago, and other nodes may not know yet");
    }

    private boolean isOnSeveralServers(WriteStep step) {
        return step.result() != null && topology.isSharded();
    }

    /** Stores a result under a lease of its own, which another write removes, as for a load. */
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
                release(writes, key, write, remaining(until));
            }
        }
        return stamps != null
                && writes.yes(
                        Script.FILL,
                        key,
                        remaining(until),
                        write,
                        stamps.in(result.payload()),
                        result.life().toMillis());
    }

    /**
     * Returns the stamps for a result; null if its cache or one of its tags was written meanwhile, so that it is not stored.
     */
    private @Nullable Stamps stampsOfResult(EntryKey key, Duration settle, Duration life, long until) {
        List<Run> runs =
                key.tags().stream().map(tag -> stamp(writes, tag, settle, life)).toList();
        List<LeaseResult> tags = runs.isEmpty()
                ? List.of()
                : writes.replies(runs, remaining(until)).stream()
                        .map(response -> ReplyParser.leaseResult(response.get()))
                        .toList();
        boolean isKept = tags.stream().allMatch(tag -> tag.verdict() == Verdict.PRESENT)
                && checkFences(writes, key, settle, until) == Verdict.LEASED;
        return isKept ? Stamps.of(tags.stream().map(LeaseResult::payload).toList()) : null;
    }

    private boolean canLook(EntryKey key, Purpose purpose) {
        return topology.isAnswering(Command.bytes(key.space().fence()), purpose);
    }

    /** Checks the fences of the cache and of all tags; reserves time to return the lease. */
    private static Verdict checkFences(ScriptRunner runner, EntryKey key, Duration settle, long until) {
        List<KeySpace> spaces = new ArrayList<>(List.of(key.space()));
        key.tags().stream().limit(1).forEach(tag -> spaces.add(tag.space()));
        List<Run> looks = spaces.stream()
                .map(space -> runner.run(Script.LOOK, space, ScriptRunner.micros(settle)))
                .toList();
        long left = remaining(until);
        Verdict verdict = Verdict.LEASED;
        for (Response<@Nullable Object> response : runner.replies(looks, left - left / SHARE_OF_THE_RELEASE)) {
            Verdict each = ReplyParser.leaseResult(response.get()).verdict();
            verdict = each == Verdict.LEASED ? verdict : each;
        }
        return verdict;
    }

    /** Checks each fence separately, all in one round trip. */
    @Override
    public boolean isUntouched(EntryKey key, Duration past, long nanos) {
        List<Run> looks = new ArrayList<>(List.of(
                scripts.fenceCheck(key.fence(), key.space(), past),
                scripts.fenceCheck(key.space().fence(), key.space(), past)));
        for (EntryKey tag : key.tags()) {
            looks.add(scripts.fenceCheck(tag.fence(), tag.space(), past));
        }
        key.tags().stream()
                .limit(1)
                .map(EntryKey::space)
                .forEach(tags -> looks.add(scripts.fenceCheck(tags.fence(), tags, past)));
        return trusted(
                () -> scripts.replies(looks, nanos).stream()
                        .allMatch(look -> ReplyParser.leaseResult(look.get()).verdict() == Verdict.LEASED),
                false);
    }

    /** Returns a lease. If that fails, other callers wait until the lease expires. */
    private static void release(ScriptRunner runner, EntryKey key, String token, long nanos) {
        try {
            runner.yes(Script.RELEASE, key, nanos, token);
        } catch (StoreException e) {
            if (e.reason() == Reason.GARBAGE) {
                throw e;
            }
        }
    }

    private static long remaining(long until) {
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

    /** Reads only the part of the value that contains its stamps. */
    @Override
    public boolean contains(EntryKey key, long nanos) {
        return entry(key, nanos, JedisStore::withoutLife, range(key, LAST_OF_STAMPS)) != null;
    }

    /**
     * Reads the value, its TTL and its fence from the key's server, then the fences of the cache and of all tags, then the
     * stamp of the cache and its fence: in a cluster these are on up to four servers. Uses no script, so it repairs nothing.
     */
    @Override
    public EntryReport inspect(EntryKey key, long nanos) {
        Command[] commands = {
            new Command(Command.SHORT_REPLY, PTTL, key.bytes()),
            Command.of("HGETALL", key.fence()).withLongReply(),
            Command.of("TIME"),
            range(key, LAST)
        };
        List<@Nullable Object> own;
        boolean isForeign = false;
        try {
            own = topology.call(Request.reading(key.bytes(), commands), nanos);
        } catch (StoreException e) {
            if (e.reason() != Reason.WRONG_TYPE) {
                throw e;
            }
            isForeign = true; // or the fence has a wrong type; the value is then not shown
            own = topology.call(Request.reading(key.bytes(), commands[0], commands[2]), nanos);
            own = Arrays.asList(own.get(0), List.of(), own.get(1), null);
        }
        FenceReading fences = new FenceReading(ReplyParser.texts(own.get(2)));
        fences.add(ReplyParser.texts(own.get(1)), true);
        List<KeySpace> spaces = new ArrayList<>(List.of(key.space()));
        key.tags().stream().limit(1).forEach(tag -> spaces.add(tag.space()));
        for (KeySpace space : spaces) {
            byte[] fence = Command.bytes(space.fence());
            Command fields = Command.of("HGETALL", fence).withLongReply();
            fences.add(
                    ReplyParser.texts(
                            topology.call(Request.reading(fence, fields), nanos).get(0)),
                    false);
        }
        byte[] payload = ReplyParser.bytes(own.get(3));
        boolean isOutdated = false;
        for (EntryKey tag : key.tags()) {
            List<@Nullable Object> replies = topology.call(
                    Request.reading(
                            tag.bytes(),
                            stamp(tag),
                            Command.of("HGETALL", tag.fence()).withLongReply()),
                    nanos);
            fences.add(ReplyParser.texts(replies.get(1)), false);
            byte[] carried =
                    payload == null ? new byte[0] : Stamps.carriedBy(payload).bytes();
            byte[] current = ReplyParser.bytes(replies.get(0));
            isOutdated |= carried.length > 0
                    && (current == null || !Arrays.equals(carried, 0, Stamps.BYTES, current, 0, current.length));
        }
        long life = ReplyParser.number(own.get(0));
        return new EntryReport(
                payload == null || payload.length == 0 ? null : payload,
                isForeign,
                life < 0 ? null : Duration.ofMillis(life),
                isOutdated,
                fences.leaseLeft,
                fences.writes,
                fences.sinceEviction);
    }

    /** The combined contents of fences. Ignores invalid fields, which the next step of the protocol repairs. */
    private static final class FenceReading {

        private final long now; // by the clock of the key's server; in a cluster the others' differ a little
        private @Nullable Duration leaseLeft;
        private int writes;
        private @Nullable Duration sinceEviction;

        FenceReading(List<byte[]> time) {
            now = Long.parseLong(new String(time.get(0), UTF_8)) * 1_000_000
                    + Long.parseLong(new String(time.get(1), UTF_8));
        }

        void add(List<byte[]> fields, boolean isOfKey) {
            for (int i = 0; i + 1 < fields.size(); i += 2) {
                String name = new String(fields.get(i), UTF_8);
                Matcher value = FENCE_FIELD.matcher(new String(fields.get(i + 1), UTF_8));
                if (!value.matches()) {
                    continue;
                }
                if (name.equals("lease") && value.group(1) != null) {
                    long left = Long.parseLong(value.group(2)) - now;
                    leaseLeft = isOfKey && left > 0 ? Duration.ofNanos(left * 1000) : leaseLeft;
                } else if (name.equals("evicted")) {
                    evicted(Long.parseLong(value.group(2)));
                } else if (name.startsWith("w:") && value.group(1) != null) {
                    long deadline = Long.parseLong(value.group(1).strip());
                    if (deadline > now) {
                        writes++;
                    } else {
                        evicted(deadline);
                    }
                }
            }
        }

        private void evicted(long at) {
            Duration since = Duration.ofNanos(Math.max(0, now - at) * 1000);
            sinceEviction = sinceEviction == null || since.compareTo(sinceEviction) < 0 ? since : sinceEviction;
        }
    }

    /** Announces a write of a whole cache; repeats it if a server was replaced meanwhile, because that may have missed it. */
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

    /** Takes a step that every node must see, unless some nodes may still use another server. */
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
            beginAll(space, write, nanos); // again, because a long write may have outlived its announcement
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
