package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.redis.Exchange.Part;
import io.cachedconnection.internal.redis.Request.Demand;
import io.cachedconnection.internal.redis.Request.Purpose;
import io.cachedconnection.internal.redis.Request.UntrustedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
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
 * One server: sends it commands and gets its replies, in bounded time, and knows whether it is worth asking. Thread-safe.
 */
final class Server implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Server.class.getName());
    private static final Request<@Nullable Object> PING = Request.of(Function.identity(), Command.of("PING"));
    private static final int LONG_VALUE = 1 << 12;
    private static final int MEMORY = 16; // of long values, in values
    private static final int MOST_AT_A_TIME = 128;
    private static final int MOST_BYTES_AT_A_TIME = 64 << 10;

    private final String name;
    private final StoreExecutors executors;
    private final TrustedServers trusted;
    private final Bulkhead lookups;
    private final Bulkhead writes;
    private final long patience;
    private final Map<KeySpace, Integer> lengths = new ConcurrentHashMap<>(); // of values, where some were long lately
    private final AtomicReference<@Nullable ServerIdentity> current = new AtomicReference<>();
    private volatile Runnable replaced = () -> {};

    /**
     * A server to which {@code dialer} makes connections.
     *
     * @param name what its failures are told by; blank where there is no other
     */
    Server(
            RedisSettings settings,
            String name,
            Supplier<PooledConnection> dialer,
            StoreExecutors executors,
            TrustedServers trusted) {
        this.name = name;
        this.executors = executors;
        this.trusted = trusted;
        this.patience = settings.pool().timeout().toNanos();
        this.lookups = bulkhead(Purpose.LOOKUP, settings, settings.pool().max(), dialer);
        this.writes = bulkhead(Purpose.WRITE, settings, Bulkhead.MOST_OF_WRITES, dialer);
        long longer = settings.pool().connectTimeout().toNanos(); // a slow answer need not cut off the writes
        executors.lookAfter(lookups.pool(), () -> look(lookups, patience));
        executors.lookAfter(writes.pool(), () -> look(writes, longer));
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

    /** What people call it; blank where there is no other. */
    String name() {
        return name;
    }

    /** Has {@code task} done each time that its connections turn out to lead to another Redis than before. */
    void whenReplaced(Runnable task) {
        replaced = task;
    }

    /** Whether its connections lead to this Redis, as far as is known. */
    boolean is(ServerIdentity identity) {
        return current.get() == identity;
    }

    /**
     * Takes note of which Redis this is. If it is another one than before, all connections of before are left, including one
     * that is being made: that is made again.
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
     * Asks on one of the connections of {@code bulkhead} which Redis this is. So a master that became a replica is left within
     * a second, although it may keep its connections open, and a connection that is dead without a word is found before a
     * write is sent on it. For the background, once a second.
     */
    private void look(Bulkhead bulkhead, long nanos) {
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
     * The reply to {@code request}. It may be sent again where the connection was dead: after a restart of Redis each one is,
     * and shows it only when used.
     *
     * @throws StoreException for every failure, after {@code nanos} at the latest
     * @throws UntrustedException if the server does not meet the demand of the request
     * @throws JedisRedirectionException if another server is to be asked
     */
    <T> T call(Request<T> request, long nanos) {
        return all(List.of(request), nanos).get(0).get();
    }

    /** A request, and what has come of it so far. */
    private static final class Pending<T> {

        private final Request<T> request;
        private @Nullable Response<T> response;

        Pending(Request<T> request) {
            this.request = request;
        }

        Response<T> response() {
            return Objects.requireNonNull(response);
        }

        static <T> void fail(List<Pending<T>> all, RuntimeException failure) {
            all.forEach(each -> each.response = Response.failed(failure));
        }
    }

    /**
     * The responses to {@code requests}, in their order, each as {@link #call} would give it. They go in as few writes as the
     * others on this server bear. Each write has {@code nanos}, and all together twice as long; after one without an answer no
     * more are sent.
     */
    <T> List<Response<T>> all(List<Request<T>> requests, long nanos) {
        List<Pending<T>> all = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            all.add(new Pending<>(requests.get(i)));
        }
        long until = System.nanoTime() + 2 * nanos;
        for (int done = 0; done < all.size(); ) {
            List<Pending<T>> next = portion(all, done);
            noted(next, Math.min(nanos, until - System.nanoTime()));
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

    /** Those of {@code all} from {@code first} on that go in one write. */
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

    /** The reply to a question that any server answers, within the usual time. */
    <T> T ask(Request<T> request) {
        return ask(request, patience);
    }

    /** The reply to a question that any server answers; counts neither for nor against this one. */
    <T> T ask(Request<T> request, long nanos) {
        if (nanos <= 0) {
            throw noTimeLeft();
        }
        Pending<T> pending = new Pending<>(request);
        exchanged(List.of(pending), System.nanoTime() + nanos);
        return pending.response().get();
    }

    /** Says that no caller waits for the reply any more, so nothing was sent. */
    private static StoreException noTimeLeft() {
        return new StoreException(Reason.TOO_LATE, "no time is left");
    }

    /** Asks. What was declined goes once more if the server turns out to meet its demand in a moment. */
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

    /** Asks once; what was not sent gets {@link UntrustedException}. Returns who was asked. */
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
            if (replies.get(i) instanceof byte[] value) { // keeps in mind that values are long, until many were shorter
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

    /**
     * Asks, and counts what comes of it for or against this server, once for all. What fails of a write is tried again while it
     * has time. Lookups come back a few at a time after an outage.
     */
    private <T> void noted(List<Pending<T>> pending, long nanos) {
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
                        .isInterrupted()) { // its pauses are none; a caller that goes on asks once more
                    Pending.fail(again, new StoreException(Reason.INTERRUPTED, "interrupted"));
                    return;
                }
                List<Response<T>> before = again.stream().map(Pending::response).toList();
                round(again, bulkhead, start, deadline);
                for (int i = 0; i < before.size(); i++) {
                    Pending<T> each = again.get(i);
                    // What Redis has said before tells more than that there was no connection for the last try.
                    if (each.response().failure() instanceof StoreException last && last.reason() == Reason.CROWDED) {
                        each.response = before.get(i);
                    }
                }
                again = again(pending, bulkhead, deadline);
            }
        } finally {
            if (isComingBack) {
                bulkhead.breaker().leave();
            }
        }
    }

    /** Asks once. One response is enough to show that the server is well; {@code since} is when the first round began. */
    private <T> void round(List<Pending<T>> pending, Bulkhead bulkhead, long since, long deadline) {
        try {
            exchanged(pending, deadline);
        } catch (StoreException e) {
            Pending.fail(pending, named(e));
        }
        @Nullable StoreException refusal = null;
        boolean isWell = false;
        for (int i = 0; i < pending.size(); i++) {
            @Nullable RuntimeException failed = pending.get(i).response().failure();
            if (failed instanceof StoreException failure) {
                refusal = refusal == null ? failure : refusal;
            } else {
                isWell |= !(failed instanceof UntrustedException);
            }
        }
        if (refusal != null && refusal.reason() == Reason.READ_ONLY) {
            bulkhead.pool().renewSeldom(); // a name may lead to another server by now
        }
        if (isWell) {
            bulkhead.succeeded();
        } else if (refusal != null && !bulkhead.triesAgain(refusal, deadline)) {
            bulkhead.failed(refusal, since);
        }
    }

    /** Those of a write that go once more. */
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

    /** False while requests for this purpose leave it alone. */
    boolean isAnswering(Purpose purpose) {
        return !bulkhead(purpose).breaker().isOpen();
    }

    /**
     * If it has been left alone for long enough, finds out whether it answers again: lookups ask, and for writes it is enough
     * that a connection could be made since, which takes the answer to a script.
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

    /** Replaces every connection, those in use after that. */
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
