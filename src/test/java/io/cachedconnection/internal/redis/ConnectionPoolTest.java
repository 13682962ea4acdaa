package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.testing.Peer;
import io.cachedconnection.testing.Started;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connections to a server that answers when the test says so, made when the test says so. */
class ConnectionPoolTest {

    private static final long SOON = TimeUnit.SECONDS.toNanos(20);
    private static final Pattern KEY = Pattern.compile("GET\r\n\\$\\d+\r\n(\\w+)\r\n");
    private static final Pattern MARK = Pattern.compile("PING\r\n(\\$\\d+\r\n[0-9a-f]+\r\n)$");

    private final Queue<Runnable> dials = new ConcurrentLinkedQueue<>();
    private final AtomicInteger made = new AtomicInteger();
    private final BlockingQueue<Batch> batches = new LinkedBlockingQueue<>();
    private final Peer peer = Peer.thatIs((in, out) -> {
        byte[] buffer = new byte[1 << 17];
        StringBuilder request = new StringBuilder();
        for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
            request.append(new String(buffer, 0, length, US_ASCII));
            Matcher mark = MARK.matcher(request);
            if (mark.find()) {
                Batch batch = new Batch(keys(request), mark.group(1), new LinkedBlockingQueue<>());
                batches.add(batch);
                String reply = batch.reply.take();
                out.write(reply.getBytes(US_ASCII));
                out.flush();
                if (reply.isEmpty()) {
                    return; // hangs up
                }
                request.setLength(0);
            }
        }
    });
    private volatile boolean refused;
    private volatile long silence = SOON; // of whom it is dialed to
    private final ConnectionPool.Clock clock = new ConnectionPool.Clock() {
        @Override
        public void cutAt(long moment) {
            // the test's
        }

        @Override
        public long silenceWhileDialing() {
            return silence;
        }
    };

    /** What came in one write: GETs of these keys. */
    private record Batch(List<String> keys, String mark, BlockingQueue<String> reply) {

        /** Each key has its own name as the value. */
        void answer() {
            StringBuilder all = new StringBuilder();
            keys.forEach(key -> all.append(value(key)));
            reply.add(all + mark);
        }

        void answer(String replies) {
            reply.add(replies + mark);
        }

        void hangUp() {
            reply.add("");
        }
    }

    private static String value(String key) {
        return "$" + key.length() + "\r\n" + key + "\r\n";
    }

    private static List<String> keys(CharSequence request) {
        return KEY.matcher(request).results().map(found -> found.group(1)).toList();
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
    }

    /** As the JDK's in a virtual thread: a read that was interrupted has closed it. */
    private static final class ClosedByInterrupt extends WatchedSocket {

        @Override
        InputStream input() throws IOException {
            return new FilterInputStream(super.input()) {
                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    int count = super.read(bytes, from, length);
                    if (Thread.currentThread().isInterrupted()) {
                        ClosedByInterrupt.this.close();
                        throw new SocketException("Closed by interrupt");
                    }
                    return count;
                }
            };
        }
    }

    private PooledConnection dial() {
        if (refused) {
            throw new StoreException(Reason.NOT_NOW, "no more");
        }
        try {
            made.incrementAndGet();
            WatchedSocket socket = new ClosedByInterrupt();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port()));
            return new PooledConnection(
                    JedisConnection.on(socket, new ConnectionSettings(Credentials.NONE, null, 0, null)),
                    socket,
                    ServerIdentity.UNKNOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PoolSettings limits(int max) {
        return new PoolSettings(Duration.ofMillis(100), Duration.ofSeconds(1), max);
    }

    private ConnectionPool connections(int max) {
        return connections(max, dials::add);
    }

    private ConnectionPool connections(int max, Executor background) {
        return new ConnectionPool(this::dial, background, clock, limits(max), Bulkhead.BATCH);
    }

    /** With one that is there, and idle. */
    private ConnectionPool withOne(int max) throws Exception {
        ConnectionPool connections = connections(max);
        Started<String> first = getting(connections, "first").awaitWaiting();
        makeOne();
        next().answer();
        assertThat(first.result()).isEqualTo("first");
        return connections;
    }

    private void makeOne() {
        Runnable next = dials.poll();
        assertThat(next).isNotNull();
        next.run();
    }

    private Batch next() throws InterruptedException {
        Batch next = batches.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static String got(ConnectionPool connections, Exchange exchange) {
        connections.run(exchange);
        return exchange.reply() instanceof byte[] reply ? new String(reply, US_ASCII) : "nothing";
    }

    private static Exchange get(String key, boolean isRepeatable, int expected, long nanos) {
        Exchange.Part part = new Exchange.Part(List.of(Command.of("GET", key)), identity -> true);
        return new Exchange(List.of(part), isRepeatable, expected, System.nanoTime() + nanos);
    }

    private static Started<String> getting(ConnectionPool connections, String key) {
        return Started.of(() -> got(connections, get(key, true, 0, SOON)));
    }

    private static Started<StoreException> failing(ConnectionPool connections, String key, long nanos) {
        return Started.of(() ->
                catchThrowableOfType(StoreException.class, () -> got(connections, get(key, true, 0, nanos))));
    }

    private static void awaitQueued(ConnectionPool connections, int number) {
        long end = System.nanoTime() + SOON;
        while (connections.queued() < number) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void run_nothingIdle_waitsForOneThatIsMadeElsewhere() throws Exception {
        ConnectionPool connections = connections(2);
        Started<String> caller = getting(connections, "a").awaitWaiting();
        assertThat(made).hasValue(0);
        makeOne();
        next().answer();

        assertThat(caller.result()).isEqualTo("a");
    }

    @Test
    void run_oneIsIdle_makesNoMore() throws Exception {
        ConnectionPool connections = withOne(2);
        Started<String> caller = getting(connections, "a");
        next().answer();

        assertThat(caller.result()).isEqualTo("a");
        assertThat(dials).isEmpty();
        assertThat(made).hasValue(1);
    }

    @Test
    void run_othersWait_goTogetherInOneWrite() throws Exception {
        ConnectionPool connections = withOne(1);
        Started<String> first = getting(connections, "a");
        Batch alone = next();
        List<Started<String>> others = List.of("b", "c", "d").stream()
                .map(key -> getting(connections, key).awaitWaiting())
                .toList();
        assertThat(dials).isEmpty();
        alone.answer();
        Batch together = next();
        together.answer();

        assertThat(alone.keys()).containsExactly("a");
        assertThat(together.keys()).containsExactlyInAnyOrder("b", "c", "d");
        assertThat(first.result()).isEqualTo("a");
        assertThat(others).extracting(Started::result).containsExactly("b", "c", "d");
    }

    @Test
    void run_moreThanGoTogether_goInTurn() throws Exception {
        ConnectionPool connections = withOne(1);
        Started<String> first = getting(connections, "a");
        Batch alone = next();
        List<Started<String>> others = IntStream.range(0, 100)
                .mapToObj(i -> getting(connections, "k" + i))
                .toList();
        awaitQueued(connections, 100);
        alone.answer();
        Batch second = next();
        second.answer();
        Batch third = next();
        third.answer();

        assertThat(second.keys()).hasSize(64);
        assertThat(third.keys()).hasSize(36);
        assertThat(first.result()).isEqualTo("a");
        assertThat(others).extracting(Started::result).doesNotHaveDuplicates();
    }

    @Test
    void run_interruptedInTheQueue_isNeverSent() throws Exception {
        ConnectionPool connections = withOne(1);
        Started<String> first = getting(connections, "a");
        Batch alone = next();
        Started<StoreException> second = failing(connections, "b", SOON);
        second.awaitWaiting().interrupt();
        assertThat(second.result().reason()).isEqualTo(Reason.INTERRUPTED);
        alone.answer();
        assertThat(first.result()).isEqualTo("a");
        Started<String> third = getting(connections, "c");
        Batch last = next();
        last.answer();

        assertThat(last.keys()).containsExactly("c");
        assertThat(third.result()).isEqualTo("c");
    }

    /** The leaders pass on what they led, however many of them are interrupted. */
    @Test
    void run_leadersAreInterruptedInTheRead_theirRidersAreSentAgain() throws Exception {
        ConnectionPool connections = withOne(1);
        Started<String> first = getting(connections, "a");
        Batch alone = next();
        Started<String> rider = Started.of(() -> got(connections, get("b", true, 0, SOON)));
        awaitQueued(connections, 1);
        Started<StoreException> second = failing(connections, "c", SOON + 1_000_000_000L);
        awaitQueued(connections, 2);
        Started<StoreException> one = failing(connections, "d", SOON + 2_000_000_000L);
        awaitQueued(connections, 3);
        alone.answer();
        interrupted(one, "b", "c", "d"); // the one with the most time leads
        makeOne();
        interrupted(second, "b", "c");
        makeOne();
        Batch last = next();
        last.answer();

        assertThat(first.result()).isEqualTo("a");
        assertThat(rider.result()).isEqualTo("b");
        assertThat(made).hasValue(3);
    }

    private void interrupted(Started<StoreException> leader, String... keys) throws Exception {
        Batch batch = next();
        assertThat(batch.keys()).containsExactlyInAnyOrder(keys);
        leader.interrupt();
        batch.hangUp();
        assertThat(leader.result().reason()).isEqualTo(Reason.INTERRUPTED);
    }

    /** Says nothing about the others, which after a restart of Redis would be as dead. */
    @Test
    void run_interruptedInTheRead_losesThatConnectionOnly() throws Exception {
        ConnectionPool connections = withOne(2);
        Started<StoreException> victim = failing(connections, "a", SOON);
        Batch underWay = next();
        Started<String> other = getting(connections, "b").awaitWaiting();
        makeOne();
        next().answer();
        other.result();
        victim.interrupt();
        underWay.hangUp();
        assertThat(victim.result().reason()).isEqualTo(Reason.INTERRUPTED);
        Started<String> last = getting(connections, "c");
        next().answer();

        assertThat(last.result()).isEqualTo("c");
        assertThat(made).hasValue(2);
    }

    /** Redis answers, only not in time for all: that says nothing about Redis. */
    @Test
    void run_timeOverInTheQueueWhileOthersAreAnswered_isCrowdedAndNeverSent() throws Exception {
        ConnectionPool connections = withOne(2);
        Started<String> big = Started.of(() -> got(connections, get("big", true, 1 << 24, SOON)));
        Batch underWay = next();
        Started<StoreException> late = Started.of(() -> catchThrowableOfType(
                StoreException.class,
                () -> got(connections, get("bigger", true, 1 << 24, TimeUnit.SECONDS.toNanos(1)))));
        awaitQueued(connections, 1);
        makeOne();
        Started<String> small = getting(connections, "small");
        next().answer();
        assertThat(small.result()).isEqualTo("small");

        assertThat(late.result().reason()).isEqualTo(Reason.CROWDED);
        underWay.answer();
        assertThat(big.result()).isEqualTo("big");
        assertThat(batches).isEmpty();
    }

    /** As long as nothing is answered at all, it is Redis that does not answer. */
    @Test
    void run_timeOverInTheQueueWhileNothingIsAnswered_isATimeout() throws Exception {
        ConnectionPool connections = withOne(1);
        Started<StoreException> leader = failing(connections, "a", SOON);
        next();
        Started<StoreException> late = failing(connections, "b", TimeUnit.SECONDS.toNanos(1));

        assertThat(late.result().reason()).isEqualTo(Reason.TIMEOUT);
        connections.close();
        assertThat(leader.result()).isNotNull();
    }

    /** Redis takes longer than this caller has: it had better ask its repository at once. */
    @Test
    void run_itsTurnWouldComeTooLate_isTurnedAwayAtOnce() throws Exception {
        ConnectionPool connections = connections(1);
        Started<String> slow = getting(connections, "slow").awaitWaiting();
        makeOne();
        Batch first = next();
        new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS); // so long a round trip takes
        first.answer();
        slow.result();
        Started<String> underWay = getting(connections, "a");
        Batch batch = next();

        assertThatThrownBy(() -> got(connections, get("b", true, 0, TimeUnit.MILLISECONDS.toNanos(100))))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CROWDED));
        batch.answer();
        assertThat(underWay.result()).isEqualTo("a");
        assertThat(made).hasValue(1);
    }

    @Test
    void run_nobodyThere_failsAtOnce() {
        refused = true;
        ConnectionPool connections = connections(2);
        Started<StoreException> caller = failing(connections, "a", SOON).awaitWaiting();
        makeOne();

        assertThat(caller.result().reason()).isEqualTo(Reason.NOT_NOW);
    }

    @Test
    void run_oneMoreIsRefused_waitsForThoseThereAre() throws Exception {
        ConnectionPool connections = withOne(3);
        Started<String> first = getting(connections, "a");
        Batch alone = next();
        Started<String> second = getting(connections, "b").awaitWaiting();
        refused = true;
        makeOne();
        alone.answer();
        next().answer();

        assertThat(first.result()).isEqualTo("a");
        assertThat(second.result()).isEqualTo("b");
    }

    @Test
    void run_closed_failsAsAStoreDoes() {
        ConnectionPool connections = connections(1);
        connections.close();

        assertThatThrownBy(() -> got(connections, get("a", true, 0, SOON))).isInstanceOf(StoreException.class);
        assertThat(dials).isEmpty();
    }

    @Test
    void run_nobodyDialsAnyMore_failsAsAStoreDoes() {
        ConnectionPool connections = connections(1, task -> {
            throw new RejectedExecutionException();
        });

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> got(connections, get("a", true, 0, SOON))).isInstanceOf(StoreException.class);
        }
    }

    /** It has died, and shows it when used: what may be repeated is, on another one, for the leader and its riders. */
    @Test
    void run_connectionBreaks_repeatsWhatMayBeRepeatedOnce() throws Exception {
        ConnectionPool connections = withOne(1);
        Started<String> first = getting(connections, "a");
        Batch alone = next();
        Started<String> rider = getting(connections, "b").awaitWaiting();
        Started<StoreException> never = Started.of(() ->
                catchThrowableOfType(StoreException.class, () -> got(connections, get("c", false, 0, SOON))));
        awaitQueued(connections, 2);
        alone.answer();
        Batch broken = next();
        broken.hangUp();
        assertThat(never.result().reason()).isEqualTo(Reason.CONNECTION);
        awaitQueued(connections, 1);
        makeOne();
        Batch again = next();
        again.answer();

        assertThat(broken.keys()).containsExactlyInAnyOrder("b", "c");
        assertThat(again.keys()).containsExactly("b");
        assertThat(first.result()).isEqualTo("a");
        assertThat(rider.result()).isEqualTo("b");
    }

    @Test
    void run_connectionBreaksTwice_fails() throws Exception {
        ConnectionPool connections = withOne(1);
        Started<StoreException> caller = failing(connections, "a", SOON);
        next().hangUp();
        awaitQueued(connections, 1);
        makeOne();
        next().hangUp();

        assertThat(caller.result().reason()).isEqualTo(Reason.CONNECTION);
    }

    /** A reply that comes twice would be that of the next one, and so on: the mark shows it before any is handed out. */
    @Test
    void run_aReplyComesTwiceInABatch_isBelievedByNone() throws Exception {
        ConnectionPool connections = withOne(1);
        Started<String> first = getting(connections, "a");
        Batch alone = next();
        List<Started<String>> others = List.of("b", "c").stream()
                .map(key -> getting(connections, key).awaitWaiting())
                .toList();
        alone.answer();
        Batch together = next();
        together.answer(value(together.keys().get(0)) + value(together.keys().get(0)) + value("x"));
        awaitQueued(connections, 1); // the rider; the leader has failed
        makeOne();
        next().answer();

        assertThat(first.result()).isEqualTo("a");
        List<Object> outcomes = new ArrayList<>();
        for (Started<String> other : others) {
            try {
                outcomes.add(other.result());
            } catch (AssertionError e) {
                outcomes.add(((StoreException) e.getCause()).reason());
            }
        }
        assertThat(outcomes).contains(Reason.GARBAGE).containsAnyOf("b", "c").doesNotContain("x");
    }

    /** Who gives up after it was sent costs the others nothing, and no connection. */
    @Test
    void run_riderHasLessTimeThanItsLeader_leavesAloneAndItsReplyIsDropped() throws Exception {
        ConnectionPool connections = withOne(1);
        Started<String> first = getting(connections, "a");
        Batch alone = next();
        Started<StoreException> hasty = failing(connections, "b", TimeUnit.SECONDS.toNanos(2));
        awaitQueued(connections, 1);
        Started<String> patient = getting(connections, "c");
        awaitQueued(connections, 2);
        alone.answer();
        Batch together = next();
        assertThat(together.keys()).containsExactly("c", "b"); // who has the most time leads
        assertThat(hasty.result().reason()).isEqualTo(Reason.TIMEOUT);
        together.answer();
        assertThat(patient.result()).isEqualTo("c");
        Started<String> last = getting(connections, "d");
        next().answer();

        assertThat(first.result()).isEqualTo("a");
        assertThat(last.result()).isEqualTo("d");
        assertThat(made).hasValue(1);
    }

    /** A large value under way does not hold up small ones: it goes alone, and leaves connections for them. */
    @Test
    void run_heavy_goesAloneAndLeavesAConnection() throws Exception {
        ConnectionPool connections = withOne(2);
        Started<String> heavy = Started.of(() -> got(connections, get("big", true, 1 << 24, SOON)));
        Batch big = next();
        Started<String> second = Started.of(() -> got(connections, get("bigger", true, 1 << 24, SOON)));
        awaitQueued(connections, 1);
        makeOne();
        Started<String> small = getting(connections, "small");
        Batch quick = next();
        assertThat(quick.keys()).containsExactly("small");
        quick.answer();
        assertThat(small.result()).isEqualTo("small");
        big.answer();
        Batch bigger = next();
        bigger.answer();

        assertThat(bigger.keys()).containsExactly("bigger");
        assertThat(heavy.result()).isEqualTo("big");
        assertThat(second.result()).isEqualTo("bigger");
    }

    @Test
    void run_timeOver_passesOnWhatHasComeInTheSameMoment() throws Exception {
        ConnectionPool connections = withOne(1);
        Started<Boolean> answering = Started.of(() -> {
            for (Batch batch = next(); !batch.keys().contains("end"); batch = next()) {
                batch.answer();
            }
            return true;
        });
        for (int round = 0; round < 300; round++) {
            long aboutNow = TimeUnit.MICROSECONDS.toNanos(300);
            List<Started<StoreException>> expiring = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                expiring.add(failing(connections, "hasty" + i, aboutNow));
            }
            Started<String> patient = getting(connections, "patient");

            assertThat(patient.result())
                    .isEqualTo("patient"); // the connection is not lost with one whose time was over
            expiring.forEach(Started::result);
        }
        assertThat(answering.isOver()).isFalse();
    }

    @Test
    void run_manyInAHurryAndSomeBreak_noneGetsAnothersReply() throws Exception {
        ConnectionPool connections = connections(3, Runnable::run);
        Started<Boolean> answering = Started.of(() -> {
            Random random = new Random(7);
            for (Batch batch = next(); !batch.keys().contains("end"); batch = next()) {
                if (random.nextInt(100) == 0) {
                    batch.hangUp();
                } else {
                    batch.answer();
                }
            }
            return true;
        });
        List<Started<Integer>> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            int number = caller;
            callers.add(Started.of(() -> inAHurry(connections, number)));
        }
        assertThat(callers).allSatisfy(caller -> assertThat(caller.result()).isPositive());
        assertThat(answering.isOver()).isFalse();
        assertThat(connections.queued()).isZero();
    }

    /** How often one came in time. */
    private static int inAHurry(ConnectionPool connections, int caller) {
        Random random = new Random(caller);
        int inTime = 0;
        // On a busy machine most are turned away at once, as long as a round trip takes longer than they have.
        long end = System.nanoTime() + SOON;
        for (int i = 0; i < 3_000 || (inTime == 0 && System.nanoTime() - end < 0); i++) {
            String key = "k" + caller + "x" + i;
            try {
                assertThat(got(connections, get(key, true, 0, random.nextInt(2_000_000))))
                        .isEqualTo(key);
                inTime++;
            } catch (StoreException e) {
                assertThat(e.reason()).isIn(Reason.TIMEOUT, Reason.CROWDED, Reason.CONNECTION);
            }
        }
        return inTime;
    }

    @Test
    void renew_underWayAndIdle_areReplaced() throws Exception {
        ConnectionPool connections = withOne(2);
        Started<String> caller = getting(connections, "a");
        Batch underWay = next();
        connections.renew();
        underWay.answer();
        assertThat(caller.result()).isEqualTo("a");
        Started<String> other = getting(connections, "b").awaitWaiting();
        makeOne();
        next().answer();
        assertThat(other.result()).isEqualTo("b");

        assertThat(made).hasValue(2);
    }

    @Test
    void renew_whileOneIsMade_replacesIt() throws Exception {
        ConnectionPool[] late = new ConnectionPool[1];
        ConnectionPool connections = new ConnectionPool(
                () -> {
                    PooledConnection connection = dial();
                    late[0].renew(); // where it leads has changed
                    late[0] = connections(1);
                    return connection;
                },
                dials::add,
                clock,
                limits(1),
                Bulkhead.BATCH);
        late[0] = connections;
        Started<String> caller = getting(connections, "a").awaitWaiting();
        makeOne();
        makeOne();
        next().answer();

        assertThat(caller.result()).isEqualTo("a");
        assertThat(made).hasValue(2);
    }

    /** Callers find out the same at the same time. */
    @Test
    void renewSeldom_twiceAtOnce_leavesWhatWasMadeInBetween() throws Exception {
        ConnectionPool connections = withOne(1);
        connections.renewSeldom();
        Started<String> caller = getting(connections, "a").awaitWaiting();
        makeOne();
        next().answer();
        assertThat(caller.result()).isEqualTo("a");
        connections.renewSeldom();
        Started<String> other = getting(connections, "b");
        next().answer();

        assertThat(other.result()).isEqualTo("b");
        assertThat(made).hasValue(2);
    }

    @Test
    void tidy_noneThere_makesOne() {
        ConnectionPool connections = connections(4);
        connections.tidy();
        connections.tidy();

        assertThat(dials).hasSize(1);
    }

    @Test
    void cutOverdue_underWay_cutsWhenTheTimeOfItsLeaderIsOver() throws Exception {
        ConnectionPool connections = withOne(1);
        assertThat(connections.cutOverdue(System.nanoTime())).isEqualTo(PooledConnection.IDLE);
        Started<StoreException> caller = failing(connections, "a", SOON);
        next();
        long due = connections.cutOverdue(System.nanoTime());
        assertThat(due).isNotEqualTo(PooledConnection.IDLE);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (connections.cutOverdue(due) != PooledConnection.IDLE) { // the caller may not have left its write yet
            assertThat(System.nanoTime() - end).isNegative();
        }

        assertThat(caller.result()).hasMessage("no answer in time");
    }

    /** Who was to go again need not wait until a connection is made in the place of the broken one. */
    @Test
    void cutOverdue_othersRodeAlongAndOneIsIdle_goOnThatAtOnce() throws Exception {
        ConnectionPool connections = withOne(2);
        Started<String> first = getting(connections, "a");
        Batch alone = next();
        Started<String> second = getting(connections, "b").awaitWaiting();
        makeOne();
        Batch other = next();
        Started<String> rider = getting(connections, "c");
        awaitQueued(connections, 1);
        Started<StoreException> leader = failing(connections, "d", 2 * SOON);
        awaitQueued(connections, 2);
        alone.answer();
        next(); // of both, on the first connection
        other.answer();
        assertThat(List.of(first.result(), second.result())).containsExactly("a", "b");
        long due = connections.cutOverdue(System.nanoTime());
        connections.cutOverdue(due); // and none is made
        Batch again = next();
        again.answer();

        assertThat(leader.result()).isNotNull();
        assertThat(again.keys()).containsExactly("c");
        assertThat(rider.result()).isEqualTo("c");
    }

    @Test
    void run_errorBeforeAnythingIsSent_neitherHoldsUpTheOthersNorKeepsTheConnection() throws Exception {
        AtomicInteger errors = new AtomicInteger(1);
        ConnectionPool.Clock failing = new ConnectionPool.Clock() {
            @Override
            public void cutAt(long moment) {
                if (errors.getAndDecrement() > 0) {
                    throw new StackOverflowError("the stack of the caller is full");
                }
            }

            @Override
            public long silenceWhileDialing() {
                return silence;
            }
        };
        ConnectionPool connections = new ConnectionPool(this::dial, dials::add, failing, limits(1), Bulkhead.BATCH);
        Started<String> rider = getting(connections, "a").awaitWaiting();
        Started<Throwable> leader =
                Started.of(() -> catchThrowable(() -> got(connections, get("b", true, 0, 2 * SOON))));
        awaitQueued(connections, 2);
        makeOne();
        assertThat(leader.result()).isInstanceOf(StackOverflowError.class);
        makeOne();
        next().answer();

        assertThat(rider.result()).isEqualTo("a");
    }

    @Test
    void run_errorWhereOneIsToBeMade_isMadeLater() throws Exception {
        AtomicInteger errors = new AtomicInteger(3);
        ConnectionPool connections = connections(2, dial -> {
            if (errors.getAndDecrement() > 0) {
                throw new StackOverflowError("the stack of the caller is full");
            }
            dials.add(dial);
        });
        for (int i = 0; i < 3; i++) {
            assertThat(failing(connections, "a", SOON).result()).isNotNull();
        }
        Started<String> caller = getting(connections, "a").awaitWaiting();
        makeOne();
        next().answer();

        assertThat(caller.result()).isEqualTo("a");
    }

    @Test
    void close_idleAndUnderWay_areClosed() throws Exception {
        ConnectionPool connections = withOne(1);
        Started<StoreException> leader = failing(connections, "a", SOON);
        next();
        Started<StoreException> waiting = failing(connections, "b", SOON);
        awaitQueued(connections, 1);
        connections.close();

        // It is this application that ends; nothing is said of Redis.
        assertThat(leader.result().reason()).isEqualTo(Reason.TOO_LATE);
        assertThat(waiting.result().reason()).isEqualTo(Reason.TOO_LATE);
        assertThat(waiting.result()).hasMessage("closed");
    }

    /** The evictions of large transactions share round trips, where as many lookups would go alone. */
    @Test
    void run_manyParts_goTogetherWhereTheyMay() throws Exception {
        ConnectionPool connections =
                new ConnectionPool(this::dial, dials::add, clock, limits(1), Bulkhead.BATCH_OF_WRITES);
        Started<String> first = getting(connections, "first").awaitWaiting();
        makeOne();
        Batch underWay = next();
        List<Started<String>> transactions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            transactions.add(Started.of(() -> got(connections, getOften(100))));
        }
        awaitQueued(connections, 4);
        underWay.answer();
        first.result();
        Batch together = next();
        together.answer();

        assertThat(together.keys()).hasSize(400);
        for (Started<String> transaction : transactions) {
            assertThat(transaction.result()).isEqualTo("k");
        }
    }

    private static Exchange getOften(int times) {
        Command command = Command.of("GET", "k");
        List<Exchange.Part> parts = Stream.generate(() -> new Exchange.Part(List.of(command), identity -> true))
                .limit(times)
                .toList();
        return new Exchange(parts, true, 0, System.nanoTime() + SOON);
    }

    /** A peer that sends byte by byte is never silent for long, and makes no connection all the same. */
    @Test
    void run_dialedServerDrips_isATimeoutAfterTheFirstLook() throws Exception {
        ConnectionPool connections = withOne(1);
        connections.renew();
        silence = 1;
        List<Reason> reasons = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            reasons.add(failing(connections, "a", TimeUnit.MILLISECONDS.toNanos(100))
                    .result()
                    .reason());
        }

        assertThat(reasons).containsExactly(Reason.CROWDED, Reason.TIMEOUT, Reason.TIMEOUT);
    }

    /** It is this process that has to run, be it to begin with the connection. */
    @Test
    void run_dialerDoesNotGetToRun_isCrowded() throws Exception {
        ConnectionPool connections = withOne(1);
        connections.renew();
        List<Reason> reasons = new ArrayList<>();
        for (long now : new long[] {1, 0, -1, 0, 1}) {
            silence = now;
            reasons.add(failing(connections, "a", TimeUnit.MILLISECONDS.toNanos(100))
                    .result()
                    .reason());
        }

        assertThat(reasons.subList(0, 4)).containsOnly(Reason.CROWDED);
    }
}
