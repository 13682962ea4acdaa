package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.common.Histogram;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.ServerReport;
import io.cachedconnection.internal.engine.store.ServerReport.Call;
import io.cachedconnection.internal.engine.store.ServerReport.Operation;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.Tracing;
import io.cachedconnection.internal.redis.Exchange.Part;
import io.cachedconnection.internal.redis.Request.Demand;
import io.cachedconnection.internal.redis.Request.Purpose;
import io.cachedconnection.internal.redis.Request.UntrustedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * One server: sends it commands and gets replies in bounded time, and tracks whether it answers. Thread-safe.
 */
final class Server implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Server.class.getName());
    private static final Request<@Nullable Object> PING = Request.of(Function.identity(), Command.of("PING"));
    private static final int LONG_VALUE = 1 << 12;
    private static final int MEMORY = 16; // of long values, counted in values
    private static final int MOST_AT_A_TIME = 128;
    private static final int MOST_BYTES_AT_A_TIME = 64 << 10;

    private final String name;
    private final HostPort address;
    private final int database;
    private final Map<Operation, Histogram> times = new ConcurrentHashMap<>(); // of successful calls
    private final Map<Call, Histogram> timesOfFailures =
            new ConcurrentHashMap<>(); // bounded by operations times reasons
    private final StoreExecutors executors;
    private final TrustedServers trusted;
    private final Tracing tracing;
    private final Bulkhead lookups;
    private final Bulkhead writes;
    private final long patience;
    private final Map<KeySpace, Integer> lengths =
            new ConcurrentHashMap<>(); // of values, for caches with recent long values
    private final AtomicReference<@Nullable ServerIdentity> current = new AtomicReference<>();
    private volatile Runnable replaced = () -> {};

    /**
     * Creates a server to which {@code dialer} makes connections.
     *
     * @param name its name in failures; blank if it is the only server
     * @param address its name in metrics; the port is 0 if the host is complete without one
     */
    Server(
            RedisSettings settings,
            String name,
            HostPort address,
            Supplier<PooledConnection> dialer,
            StoreExecutors executors,
            TrustedServers trusted,
            Tracing tracing) {
        this.name = name;
        this.address = address;
        this.database = settings.access().database();
        this.executors = executors;
        this.trusted = trusted;
        this.tracing = tracing;
        this.patience = settings.pool().timeout().toNanos();
        this.lookups = bulkhead(Purpose.LOOKUP, settings, settings.pool().max(), dialer);
        this.writes = bulkhead(Purpose.WRITE, settings, Bulkhead.MOST_OF_WRITES, dialer);
        long longer = settings.pool().connectTimeout().toNanos(); // a slow reply must not cut off the writes
        executors.lookAfter(lookups.pool(), () -> checkIdentity(lookups, patience));
        executors.lookAfter(writes.pool(), () -> checkIdentity(writes, longer));
    }

    private Bulkhead bulkhead(Purpose purpose, RedisSettings settings, int most, Supplier<PooledConnection> dialer) {
        boolean isOfWrites = purpose == Purpose.WRITE;
        Supplier<PooledConnection> noting = () -> {
            PooledConnection made = isOfWrites ? dialer.get().patient() : dialer.get();
            note(made.identity());
            return made;
        };
        ConnectionPool pool = new ConnectionPool(
                noting,
                executors.dialing(),
                executors,
                new PoolSettings(settings.pool().timeout(), settings.pool().connectTimeout(), most),
                isOfWrites ? Bulkhead.BATCH_OF_WRITES : Bulkhead.BATCH);
        return new Bulkhead(purpose, pool, settings.breaker(), executors.leftAlone());
    }

    private Bulkhead bulkhead(Purpose purpose) {
        return purpose == Purpose.WRITE ? writes : lookups;
    }

    /** Returns its readable name; blank if it is the only server. */
    String name() {
        return name;
    }

    /** Runs {@code task} each time that its connections lead to another Redis than before. */
    void whenReplaced(Runnable task) {
        replaced = task;
    }

    /** Whether its connections lead to this Redis, as far as known. */
    boolean is(ServerIdentity identity) {
        return current.get() == identity;
    }

    /**
     * Records which Redis this is. If it is another one than before, all earlier connections are abandoned, and a connection
     * that is being made is made again.
     */
    private void note(ServerIdentity found) {
        @Nullable ServerIdentity before = current.getAndSet(found);
        if (before == found) {
            return;
        }
        if (before != null) {
            before.leave();
            renew();
            replaced.run();
        }
        trusted.met(this, found, before != null);
    }

    /**
     * Asks which Redis this is, on a connection of {@code bulkhead}. So a master that became a replica is left within a second,
     * even if it keeps its connections open, and a silently dead connection is found before a write uses it. For the
     * background, once a second.
     */
    private void checkIdentity(Bulkhead bulkhead, long nanos) {
        ConnectionPool pool = bulkhead.pool();
        if (is(ServerIdentity.UNKNOWN) || !pool.isOpen()) {
            return;
        }
        Part question = new Part(List.of(TrustedServers.QUESTION), identity -> true);
        Exchange exchange = new Exchange(List.of(question), true, 0, System.nanoTime() + nanos);
        try {
            ServerIdentity found = trusted.identity(() -> {
                pool.run(exchange);
                return exchange.reply();
            });
            if (found != exchange.identity()) {
                pool.renew();
            }
            note(found);
            if (bulkhead == lookups) { // once is enough
                trusted.keepNoted(found);
            }
        } catch (StoreException | UntrustedException e) {
            LOG.log(Level.DEBUG, () -> "Redis does not say which one it is: " + e.getMessage());
        }
    }

    /**
     * Returns the reply to {@code request}. It may be sent again if the connection was dead: after a restart of Redis all are,
     * but notice it only when used.
     *
     * @throws StoreException for every failure, after {@code nanos} at the latest
     * @throws UntrustedException if the server does not meet the demand of the request
     * @throws JedisRedirectionException if another server must be asked
     */
    <T> T call(Request<T> request, long nanos) {
        return all(List.of(request), nanos).get(0).get();
    }

    /** A request and its state. */
    private static final class Pending<T> {

        private final Request<T> request;
        private @Nullable Response<T> response;
        private @Nullable Response<T> earlier; // that of the last try but one

        Pending(Request<T> request) {
            this.request = request;
        }

        Response<T> response() {
            return Objects.requireNonNull(response);
        }

        /** Keeps the earlier response if it says more than how the last try ended, for which the time may have been too short. */
        void keepWhatSaysMore(boolean wasShort) {
            if (earlier != null && response().failure() instanceof StoreException last) {
                Reason reason = last.reason();
                if (reason == Reason.CROWDED || reason == Reason.TOO_LATE || (reason == Reason.TIMEOUT && wasShort)) {
                    response = earlier;
                }
            }
        }

        static <T> void fail(List<Pending<T>> all, RuntimeException failure) {
            all.forEach(each -> each.response = Response.failed(failure));
        }
    }

    /**
     * Returns the responses to {@code requests} in their order, each as {@link #call} would give it. Uses as few writes as the
     * other callers of this server allow. Each write has {@code nanos}, and all together twice as long; after a write without a
     * reply no more are sent.
     */
    <T> List<Response<T>> all(List<Request<T>> requests, long nanos) {
        List<Pending<T>> all = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            all.add(new Pending<>(requests.get(i)));
        }
        long until = System.nanoTime() + 2 * nanos;
        for (int done = 0; done < all.size(); ) {
            List<Pending<T>> next = portion(all, done);
            traced(next, Math.min(nanos, until - System.nanoTime()));
            done += next.size();
            if (next.get(0).response().failure() instanceof StoreException failure
                    && (failure.reason().isTrouble() || failure.reason() == Reason.TOO_LATE)
                    && next.stream().allMatch(each -> each.response().failure() == failure)) {
                Pending.fail(all.subList(done, all.size()), failure);
                break;
            }
        }
        List<Response<T>> responses = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            responses.add(all.get(i).response());
        }
        return responses;
    }

    /** Returns the requests of {@code all} from {@code first} on that fit into one write. */
    private static <T> List<Pending<T>> portion(List<Pending<T>> all, int first) {
        int end = first + 1;
        int bytes = all.get(first).request.length();
        while (end < Math.min(all.size(), first + MOST_AT_A_TIME)) {
            bytes += all.get(end).request.length();
            if (bytes > MOST_BYTES_AT_A_TIME) {
                break;
            }
            end++;
        }
        return end - first == all.size() ? all : all.subList(first, end);
    }

    /** Returns the reply to a request without a demand, within the usual time. */
    <T> T ask(Request<T> request) {
        return ask(request, patience);
    }

    /** Returns the reply to a request without a demand; the outcome does not affect the circuit breaker. */
    <T> T ask(Request<T> request, long nanos) {
        if (nanos <= 0) {
            throw noTimeLeft();
        }
        Pending<T> pending = new Pending<>(request);
        exchanged(List.of(pending), System.nanoTime() + nanos);
        return pending.response().get();
    }

    /** Creates the failure that the time was over, so nothing was sent. */
    private static StoreException noTimeLeft() {
        return new StoreException(Reason.TOO_LATE, "no time is left");
    }

    /** Sends the requests. Declined ones are sent again if the server meets their demand in a moment. */
    private <T> void exchanged(List<Pending<T>> pending, long deadline) {
        ServerIdentity identity = exchange(pending, Request::suits, deadline);
        List<Pending<T>> again = new ArrayList<>(0);
        for (int i = 0; i < pending.size(); i++) {
            Pending<T> each = pending.get(i);
            @Nullable KeySpace cache = each.request.cache();
            if (each.response().failure() instanceof UntrustedException
                    && cache != null
                    && each.request.only() == null) {
                Response<Boolean> isTrusted = attempt(() -> trusted.isSoonTrusted(this, identity, cache, deadline));
                if (isTrusted.failure() != null) {
                    each.response = Response.failed(isTrusted.failure());
                } else if (isTrusted.get() || each.request.bears(identity)) {
                    again.add(each);
                }
            }
        }
        if (!again.isEmpty()) {
            try {
                exchange(again, Request::bears, deadline);
            } catch (StoreException e) {
                Pending.fail(again, e);
            }
        }
    }

    /** Sends the requests once; declined ones get {@link UntrustedException}. Returns the server's identity. */
    private <T> ServerIdentity exchange(
            List<Pending<T>> pending, BiPredicate<Request<?>, ServerIdentity> demand, long deadline) {
        int expected = 0;
        boolean isRepeatable = true;
        List<Part> parts = new ArrayList<>(pending.size());
        for (int i = 0; i < pending.size(); i++) {
            Request<T> request = pending.get(i).request;
            expected += bringsValue(request) ? lengths.getOrDefault(request.cache(), 0) : 0;
            isRepeatable &= request.isRepeatable();
            parts.add(new Part(request.commands(), identity -> demand.test(request, identity)));
        }
        Exchange exchange = new Exchange(parts, isRepeatable, expected, deadline);
        bulkhead(pending.get(0).request.purpose()).pool().run(exchange);
        exchange.failOnFailure();
        for (int i = 0; i < parts.size(); i++) {
            Pending<T> each = pending.get(i);
            Part part = parts.get(i);
            each.response = part.isDeclined()
                    ? Response.failed(new UntrustedException())
                    : attempt(() -> read(each.request, exchange.replies(part)));
        }
        return exchange.identity();
    }

    private static boolean bringsValue(Request<?> request) {
        return request.cache() != null && request.purpose() == Purpose.LOOKUP;
    }

    private static <T> Response<T> attempt(Supplier<T> reading) {
        try {
            return Response.of(reading.get());
        } catch (StoreException | JedisRedirectionException e) {
            return Response.failed(e);
        }
    }

    private <T> T read(Request<T> request, List<@Nullable Object> replies) {
        @Nullable KeySpace cache = bringsValue(request) ? request.cache() : null;
        for (int i = 0; i < replies.size() && cache != null; i++) {
            if (replies.get(i) instanceof byte[] value) { // remembers that values are long, until many were shorter
                int before = lengths.getOrDefault(cache, 0);
                int now = Math.max(value.length, before - (before - value.length) / MEMORY);
                if (now > LONG_VALUE || before > 0) {
                    lengths.put(cache, now > LONG_VALUE ? now : 0);
                }
            }
        }
        try {
            return request.reading().apply(replies);
        } catch (RuntimeException e) {
            throw named(RedisErrors.of(e));
        }
    }

    private <T> void traced(List<Pending<T>> pending, long nanos) {
        Operation operation = pending.size() == 1 ? pending.get(0).request.operation() : Request.PIPELINE;
        try (Tracing.Step step = tracing.call(operation, address.host(), address.port(), database)) {
            sendWithRetries(pending, nanos);
            for (int i = 0; i < pending.size(); i++) {
                if (pending.get(i).response().failure() instanceof StoreException failure) {
                    step.refused(lower(failure.reason()));
                }
            }
        }
    }

    private static String lower(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Sends the requests, and records one outcome for the circuit breaker. Retries failed writes while they have time. Lets
     * lookups return a few at a time after an outage.
     */
    private <T> void sendWithRetries(List<Pending<T>> pending, long nanos) {
        Request<T> first = pending.get(0).request;
        Bulkhead bulkhead = bulkhead(first.purpose());
        boolean isComingBack = first.purpose() == Purpose.LOOKUP
                && first.demand() == Demand.TRUSTED
                && bulkhead.breaker().isRecovering();
        if (nanos <= 0) {
            Pending.fail(pending, noTimeLeft());
            return;
        }
        if (isComingBack && !bulkhead.breaker().enter()) {
            Pending.fail(pending, new StoreException(Reason.CROWDED, "callers come back a few at a time"));
            return;
        }
        long start = System.nanoTime();
        long deadline = start + nanos;
        try {
            round(pending, bulkhead, start, deadline);
            for (List<Pending<T>> again = again(pending, bulkhead, deadline); !again.isEmpty(); ) {
                LockSupport.parkNanos(Bulkhead.PAUSE);
                if (Thread.currentThread()
                        .isInterrupted()) { // pauses would return at once; a caller that goes on asks again
                    Pending.fail(again, new StoreException(Reason.INTERRUPTED, "interrupted"));
                    return;
                }
                again.forEach(each -> each.earlier = each.response);
                round(again, bulkhead, start, deadline);
                again = again(pending, bulkhead, deadline);
            }
        } finally {
            if (isComingBack) {
                bulkhead.breaker().leave();
            }
            recordTimes(pending, System.nanoTime() - start);
        }
    }

    /** Records how long each of these took, including refused and unanswered ones. */
    private <T> void recordTimes(List<Pending<T>> pending, long nanos) {
        for (int i = 0; i < pending.size(); i++) {
            Operation operation = pending.get(i).request.operation();
            @Nullable Response<T> response = pending.get(i).response;
            Histogram ofOperation;
            if (response != null && response.failure() instanceof StoreException failure) {
                Call call = new Call(operation, lower(failure.reason()));
                ofOperation = timesOfFailures.computeIfAbsent(call, fresh -> Histogram.ofTimes());
            } else {
                @Nullable Histogram known = times.get(operation); // first, because it takes no lock
                ofOperation = known == null ? times.computeIfAbsent(operation, fresh -> Histogram.ofTimes()) : known;
            }
            ofOperation.record(nanos);
        }
    }

    /** Reports its work for this node. */
    ServerReport report() {
        Map<Call, Histogram.Snapshot> operations = new HashMap<>();
        times.forEach((operation, time) -> operations.put(new Call(operation, null), time.snapshot()));
        timesOfFailures.forEach((call, time) -> operations.put(call, time.snapshot()));
        return new ServerReport(
                address.host(),
                address.port(),
                database,
                lookups.breaker().openFor(),
                !writes.breaker().isOpen(),
                lookups.breaker().openings(),
                operations,
                List.of(lookups.pool().report("lookups"), writes.pool().report("writes")));
    }

    /** Sends the requests once. One response proves that the server is well; {@code since} is when the first round began. */
    private <T> void round(List<Pending<T>> pending, Bulkhead bulkhead, long since, long deadline) {
        boolean isShort = pending.get(0).earlier != null && deadline - System.nanoTime() < (deadline - since) / 10;
        try {
            exchanged(pending, deadline);
        } catch (StoreException e) {
            Pending.fail(pending, named(e));
        }
        @Nullable StoreException refusal = null;
        boolean isWell = false;
        for (int i = 0; i < pending.size(); i++) {
            pending.get(i).keepWhatSaysMore(isShort);
            @Nullable RuntimeException failed = pending.get(i).response().failure();
            if (failed instanceof StoreException failure) {
                refusal = refusal == null ? failure : refusal;
            } else {
                isWell |= !(failed instanceof UntrustedException);
            }
        }
        if (refusal != null && refusal.reason() == Reason.READ_ONLY) {
            bulkhead.pool().renewSeldom(); // the name may lead to another server now
        }
        if (isWell) {
            bulkhead.succeeded();
        } else if (refusal != null && !bulkhead.triesAgain(refusal, deadline)) {
            bulkhead.failed(refusal, since);
        }
    }

    /** Returns the requests of a write to send again. */
    private static <T> List<Pending<T>> again(List<Pending<T>> pending, Bulkhead bulkhead, long deadline) {
        List<Pending<T>> again = new ArrayList<>(0);
        for (int i = 0; i < pending.size(); i++) {
            Pending<T> each = pending.get(i);
            if (each.response().failure() instanceof StoreException failure
                    && each.request.isRepeatable()
                    && bulkhead.triesAgain(failure, deadline)) {
                again.add(each);
            }
        }
        return again;
    }

    private StoreException named(StoreException failure) {
        return name.isEmpty() ? failure : new StoreException(failure.reason(), name + ", " + failure.getMessage());
    }

    /** Whether the circuit breaker for this purpose is closed. */
    boolean isAnswering(Purpose purpose) {
        return !bulkhead(purpose).breaker().isOpen();
    }

    /**
     * Probes the server if a circuit breaker has been open for long enough. Lookups send a request; for writes a new connection
     * suffices, which includes the reply to a script.
     */
    void revive(long nanos) {
        if (writes.breaker().isProbeDue() && writes.pool().isReady()) {
            writes.revived();
        }
        if (lookups.breaker().isProbeDue()) {
            ask(PING, nanos);
            lookups.revived();
        }
    }

    /** Replaces every connection; those in use after their batch. */
    void renew() {
        lookups.pool().renew();
        writes.pool().renew();
    }

    @Override
    public void close() {
        for (Bulkhead bulkhead : List.of(lookups, writes)) {
            executors.leave(bulkhead.pool());
            bulkhead.close();
        }
    }
}
