package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.WriteStep;
import io.cachedconnection.testing.Peer;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.Started;
import io.cachedconnection.testing.Undisturbed;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** What the store does when Redis is absent, hangs, refuses, or is something else. */
class JedisStoreFailureTest {

    private static final Duration BUDGET = Duration.ofMillis(300);
    // Not a measurement: far below what an unbounded wait would take, far above what a busy machine adds.
    private static final Duration FAR_TOO_LONG = Duration.ofMillis(1200);
    // For calls that are to succeed, however busy the machine is.
    private static final long AMPLE = TimeUnit.SECONDS.toNanos(5);
    private static final EntryKey KEY = KeySpace.of("c", "").key(Seeds.ARGUMENT);

    private static JedisStore storeAt(int port) {
        return storeAt(port, BUDGET);
    }

    private static JedisStore storeAt(int port, Duration budget) {
        return new JedisStore(Settings.redis(URI.create("redis://127.0.0.1:" + port), budget), Duration.ofSeconds(30));
    }

    private static StoreException failure(JedisStore store) {
        return failure(store, BUDGET);
    }

    private static StoreException failure(JedisStore store, Duration budget) {
        long start = System.nanoTime();
        StoreException failure = catchThrowableOfType(StoreException.class, () -> store.find(KEY, budget.toNanos()));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FAR_TOO_LONG.plus(budget.minus(BUDGET)));
        return ScannedLog.thrown(failure);
    }

    private static List<WriteStep> announcements(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> WriteStep.begin(KEY.space().key(i == 7 ? "odd" : "k" + i), "W1"))
                .toList();
    }

    /** A Redis that answers as it should but for the key "odd". */
    private static Peer with(String odd) {
        return Peer.greeting(
                (request, out) -> out.write((request.contains("odd") ? odd : "$3\r\nYES\r\n").getBytes(US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-OOM x", "-READONLY x", "-NOPERM x", "$5\r\nMAYBE", ":1", "$-1"})
    void steps_oneIsRefusedOrNoAnswer_theOthersAreDone(String reply) throws Exception {
        try (Peer peer = with(reply + "\r\n");
                JedisStore store = storeAt(peer.port())) {
            for (int round = 0; round < 10; round++) { // nor is that a failure of the server
                List<Response<Boolean>> responses = store.steps(announcements(20), BUDGET.toNanos());

                assertThat(responses).hasSize(20);
                for (int i = 0; i < 20; i++) {
                    assertThat(responses.get(i).failure() == null).isEqualTo(i != 7);
                }
                assertThat(responses.get(7).failure()).isInstanceOf(StoreException.class);
            }
            assertThat(store.isCalm()).isTrue();
        }
    }

    /** Then it is unknown whose is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"", "$3\r\nYES\r\n$3\r\nYES\r\n"})
    void steps_aReplyIsMissingOrOneTooMany_noneIsBelieved(String replies) throws Exception {
        try (Peer peer = with(replies);
                JedisStore store = storeAt(peer.port())) {
            List<Response<Boolean>> responses = store.steps(announcements(20), BUDGET.toNanos());

            assertThat(responses)
                    .hasSize(20)
                    .allSatisfy(response -> assertThat(response.failure()).isInstanceOf(StoreException.class));
        }
    }

    @Test
    void steps_peerIsSilent_endInTimeHoweverMany() throws Exception {
        try (Peer peer = Peer.silent();
                JedisStore store = storeAt(peer.port())) {
            long start = System.nanoTime();
            List<Response<Boolean>> responses = store.steps(announcements(3000), BUDGET.toNanos());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FAR_TOO_LONG);
            assertThat(responses)
                    .hasSize(3000)
                    .allSatisfy(response -> assertThat(response.failure()).isInstanceOf(StoreException.class));
        }
    }

    @Test
    void find_nobodyListens_failsForWantOfAConnection() {
        try (RedisProcess redis = RedisProcess.notStarted();
                JedisStore store = storeAt(redis.port())) {
            assertThat(failure(store).reason()).isEqualTo(Reason.CONNECTION);
        }
    }

    /** A crowd has more time: half of it must be left when the connections have been made. */
    @ParameterizedTest
    @CsvSource({"1, 300", "20, 1000"})
    void find_peerIsSilent_endsInTime(int callers, int millis) throws Exception {
        Duration budget = Duration.ofMillis(millis);
        assertThat(reasonsOf(callers, budget, Peer::silent, port -> storeAt(port, budget)))
                .hasSize(callers);
    }

    @Test
    void find_peerDripsBytes_endsInTime() throws Exception {
        assertThat(reasonsOf(1, BUDGET, () -> Peer.dripping(20), JedisStoreFailureTest::storeAt))
                .hasSize(1);
    }

    @Test
    void find_loginIsNeverAnswered_endsInTime() throws Exception {
        assertThat(reasonsOf(
                        1,
                        BUDGET,
                        Peer::silent,
                        port -> new JedisStore(Settings.redisWithPassword(port, BUDGET), Duration.ofSeconds(30))))
                .hasSize(1);
    }

    /** Returns why each of so many callers had no answer, after one that connected: the peer was too slow. */
    private static List<Reason> reasonsOf(
            int callers, Duration budget, Callable<Peer> peers, IntFunction<JedisStore> stores) throws Exception {
        return Undisturbed.attempt(() -> {
            try (Peer peer = peers.call();
                    JedisStore store = stores.apply(peer.port())) {
                if (callers > 1) {
                    failure(store, budget); // it may have waited for the first connection
                }
                List<Started<StoreException>> started = new ArrayList<>();
                for (int i = 0; i < callers; i++) {
                    started.add(Started.of(() -> failure(store, budget)));
                }
                List<Reason> reasons =
                        started.stream().map(each -> each.result().reason()).toList();
                assertThat(reasons).containsOnly(Reason.TIMEOUT);
                return reasons;
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                ":1\r\n",
                "*1\r\n$1\r\nx\r\n",
                "$-2\r\n",
                "$2147483647\r\nabc\r\n",
                "*2147483647\r\n",
                "$abc\r\n",
                "\0\0\0\0",
                "$3\r\nabcdefgh\r\n:1\r\n",
                "",
            })
    void find_answerIsNone_failsInTimeOrIsBytes(String reply) throws Exception {
        try (Peer peer = Peer.answering(reply.getBytes(US_ASCII));
                JedisStore store = storeAt(peer.port())) {
            for (int i = 0; i < 3; i++) {
                boundedFind(store);
            }
        }
    }

    @Test
    void find_answerIsBottomless_failsInTime() throws Exception {
        try (Peer peer = Peer.answering("*1\r\n".repeat(200_000).getBytes(US_ASCII));
                JedisStore store = storeAt(peer.port())) {
            assertThat(failure(store)).isNotNull();
        }
    }

    @Test
    void find_answersAreRandom_neverThrowAnythingElse() throws Exception {
        Random random = new Random(42);
        for (int round = 0; round < 30; round++) {
            byte[] reply = new byte[1 + random.nextInt(40)];
            random.nextBytes(reply);
            reply[0] = (byte) "+-:$*".charAt(random.nextInt(5));
            try (Peer peer = Peer.answering(reply);
                    JedisStore store = storeAt(peer.port())) {
                boundedFind(store);
            }
        }
    }

    private static void boundedFind(JedisStore store) {
        bounded(() -> store.find(KEY, BUDGET.toNanos()));
    }

    private static void bounded(Runnable call) {
        long start = System.nanoTime();
        try {
            call.run();
        } catch (StoreException expected) {
            assertThat(expected.getMessage()).doesNotContain(KEY.text());
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FAR_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$-1\r\n",
                "*-1\r\n",
                "+OK\r\n",
                ":7\r\n",
                "$3\r\nabc\r\n",
                "*1\r\n$4\r\nBUSH\r\n",
                "*0\r\n",
                "-ERR\r\n"
            })
    void everyCall_answerIsNone_failsAsAStoreDoes(String reply) throws Exception {
        StoredEntry storedEntry = new StoredEntry(new byte[] {1}, Duration.ofMinutes(1));
        LeaseRequest claim = new LeaseRequest("L1", Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(1));
        long nanos = BUDGET.toNanos();
        try (Peer peer = Peer.answering(reply.getBytes(US_ASCII));
                JedisStore store = storeAt(peer.port())) {
            bounded(() -> store.contains(KEY, nanos));
            bounded(() -> store.remove(KEY, nanos));
            bounded(() -> store.acquire(KEY, claim, nanos));
            bounded(() -> store.fill(KEY, "L1", storedEntry, nanos));
            bounded(() -> store.release(KEY, "L1", nanos));
            bounded(() -> store.begin(KEY, "W1", nanos));
            bounded(() -> store.end(KEY, "W1", Outcome.COMMITTED, nanos));
            bounded(() -> store.endWith(KEY, "W1", Duration.ZERO, storedEntry, nanos));
            bounded(() -> store.evict(KEY, nanos));
            bounded(() -> store.beginAll(KEY.space(), "W1", nanos));
        }
    }

    @Test
    void acquire_connectionBreaks_isNotAskedAgain() throws Exception {
        LeaseRequest claim = new LeaseRequest("L1", Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(1));
        AtomicInteger asked = new AtomicInteger();
        try (Peer peer = Peer.greeting((request, out) -> {
                    if (request.contains("EVALSHA")) {
                        asked.incrementAndGet();
                        throw new IOException("cut");
                    }
                    out.write(":0\r\n".getBytes(US_ASCII));
                });
                JedisStore store = storeAt(peer.port())) {
            assertThatThrownBy(() -> store.acquire(KEY, claim, BUDGET.toNanos()))
                    .isInstanceOf(StoreException.class);
            assertThat(asked).hasValue(1);
            StoredEntry storedEntry = new StoredEntry(new byte[] {1}, Duration.ofMinutes(1));
            assertThatThrownBy(() -> store.fill(KEY, "L1", storedEntry, BUDGET.toNanos()))
                    .isInstanceOf(StoreException.class);
            assertThat(asked).hasValue(3);
            assertThatThrownBy(() -> store.begin(KEY, "W1", BUDGET.toNanos())).isInstanceOf(StoreException.class);
            assertThat(asked).hasValueGreaterThan(5); // a write is tried again as long as it has time
        }
    }

    /** Nor when the machine lets the last try begin late: what is to be known is why the write was refused. */
    @Test
    void begin_lastTryHasNoTimeForAReply_tellsTheEarlierReply() throws Exception {
        long budget = TimeUnit.SECONDS.toNanos(1);
        AtomicLong refusesUntil = new AtomicLong();
        try (Peer peer = Peer.greeting((request, out) -> {
                    refusesUntil.compareAndSet(0, System.nanoTime() + budget * 95 / 100);
                    if (System.nanoTime() - refusesUntil.get() < 0) {
                        out.write("-READONLY x\r\n".getBytes(US_ASCII));
                    } else {
                        TimeUnit.NANOSECONDS.sleep(budget);
                    }
                });
                JedisStore store = storeAt(peer.port())) {
            StoreException failure = Undisturbed.attempt(() -> {
                refusesUntil.set(0);
                StoreException thrown =
                        catchThrowableOfType(StoreException.class, () -> store.begin(KEY, "W1", budget));
                assertThat(thrown.reason()).isEqualTo(Reason.READ_ONLY);
                return thrown;
            });
            assertThat(ScannedLog.thrown(failure)).hasMessage("it refused: READONLY");
        }
    }

    @Test
    void close_peerDripsWhileAConnectionIsMade_leavesNoThread() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Peer peer = Peer.thatIs((in, out) -> {
            out.write('+');
            while (!never.await(20, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        })) {
            JedisStore store = new JedisStore(Settings.patient(peer.port(), BUDGET), Duration.ofSeconds(30));
            assertThat(failure(store)).isNotNull();
            store.close();

            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (hasThreads() && System.nanoTime() - deadline < 0) {
                Thread.onSpinWait();
            }
            assertThat(hasThreads()).isFalse();
        }
    }

    private static boolean hasThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("cached-connection"));
    }

    @Test
    void find_noTimeLeft_sendsNothing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Peer peer = Peer.greeting((request, out) -> {
                    asked.addAndGet(request.contains("GET") ? 1 : 0);
                    out.write("$-1\r\n".getBytes(US_ASCII));
                });
                JedisStore store = storeAt(peer.port())) {
            store.find(KEY, BUDGET.toNanos());
            assertThat(catchThrowableOfType(StoreException.class, () -> store.find(KEY, 0)))
                    .isNotNull();

            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void find_storeClosed_failsAsAStoreDoes() {
        try (RedisProcess redis = RedisProcess.started()) {
            JedisStore store = storeAt(redis.port());
            store.find(KEY, TimeUnit.SECONDS.toNanos(5));
            store.close();

            assertThat(failure(store)).isNotNull();
        }
    }

    @Test
    void find_loginTakesLongerThanACallMay_connectsAllTheSame() throws Exception {
        try (Peer peer = Peer.greeting((request, out) -> {
                    if (request.contains("AUTH")) {
                        new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS); // longer than the budget
                        out.write("+OK\r\n".getBytes(US_ASCII));
                    } else {
                        out.write("$-1\r\n".getBytes(US_ASCII));
                    }
                });
                JedisStore store = new JedisStore(Settings.patient(peer.port(), BUDGET), Duration.ofSeconds(30))) {
            assertThat(store.find(KEY, TimeUnit.SECONDS.toNanos(10))).isNull();
        }
    }

    @Test
    void find_redisTakesNoMoreConnections_usesThoseThereAre() throws Exception {
        try (RedisProcess redis = RedisProcess.started("--maxclients", "3");
                JedisStore store = new JedisStore(
                        Settings.redis(URI.create(redis.uri()), Duration.ofSeconds(5)), Duration.ofSeconds(30))) {
            store.find(KEY, TimeUnit.SECONDS.toNanos(5));
            List<Started<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                callers.add(Started.of(() -> {
                    int failures = 0;
                    for (int call = 0; call < 200; call++) {
                        failures += failed(store) ? 1 : 0;
                    }
                    return failures;
                }));
            }
            assertThat(callers).extracting(Started::result).containsOnly(0);
        }
    }

    private static boolean failed(JedisStore store) {
        try {
            store.find(KEY, TimeUnit.SECONDS.toNanos(5));
            return false;
        } catch (StoreException e) {
            return true;
        }
    }

    @Test
    void find_redisRefuses_saysTheCodeOnly() {
        try (RedisProcess redis = RedisProcess.started("--requirepass", Seeds.PASSWORD);
                JedisStore store = storeAt(redis.port())) {
            StoreException failure = failure(store);

            assertThat(failure.reason()).isEqualTo(Reason.NOT_NOW);
            assertThat(failure).hasMessage("it refused: NOAUTH");
        }
    }

    @Test
    void find_keyHoldsAList_isAnEntryThatCannotBeRead() throws Exception {
        try (RedisProcess redis = RedisProcess.started();
                JedisStore store = storeAt(redis.port());
                Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            store.find(KEY, AMPLE); // Redis is trusted now, and nothing is removed from it any more
            jedis.lpush(KEY.text(), "a");

            assertThat(store.find(KEY, AMPLE)).isEmpty();
            assertThat(store.remove(KEY, AMPLE)).isTrue();
        }
    }

    private static void stored(JedisStore store, EntryKey key, byte value) {
        store.begin(key, "setup", AMPLE);
        store.endWith(key, "setup", Duration.ZERO, new StoredEntry(new byte[] {value}, Duration.ofMinutes(1)), AMPLE);
    }

    @Test
    void fences_holdSomethingElse_areMadeAnewAndCountAsEvicted() {
        try (RedisProcess redis = RedisProcess.started();
                JedisStore store = storeAt(redis.port());
                Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            LeaseRequest old =
                    new LeaseRequest("L1", Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofHours(1));
            LeaseRequest fresh = new LeaseRequest("L1", Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(1));
            jedis.set(KEY.fence(), "x");
            jedis.lpush(KEY.space().fence(), "x");

            assertThat(store.acquire(KEY, old, AMPLE).verdict()).isEqualTo(Verdict.OLD);
            assertThat(store.acquire(KEY, fresh, AMPLE).verdict()).isEqualTo(Verdict.LEASED);
            assertThat(jedis.hexists(KEY.fence(), "evicted")).isTrue();
            assertThat(jedis.keys("*:fence"))
                    .allSatisfy(key -> assertThat(jedis.ttl(key)).isPositive());
            jedis.set(KEY.space().key("other").fence(), "x"); // does not stop an eviction of all
            store.beginAll(KEY.space(), "W1", AMPLE);
            store.endAll(KEY.space(), "W1", Outcome.COMMITTED, AMPLE);
        }
    }

    @Test
    void find_redisStartedLater_isPickedUp() {
        try (RedisProcess redis = RedisProcess.notStarted();
                JedisStore store = storeAt(redis.port())) {
            assertThat(failure(store)).isNotNull();
            redis.start();

            assertThat(store.find(KEY, TimeUnit.SECONDS.toNanos(5))).isNull();
        }
    }

    @Test
    void find_redisRestarted_noCallFails() {
        try (RedisProcess redis = RedisProcess.started();
                JedisStore store = storeAt(redis.port())) {
            stored(store, KEY, (byte) 1);
            redis.kill();
            redis.start();

            assertThat(store.find(KEY, TimeUnit.SECONDS.toNanos(5))).isNull();
        }
    }

    @Test
    void find_redisHungAndResumed_answersWhatWasAsked() {
        try (RedisProcess redis = RedisProcess.started();
                JedisStore store = storeAt(redis.port())) {
            for (byte i = 0; i < 20; i++) {
                stored(store, KeySpace.of("c", "").key("" + i), i);
            }
            redis.hang();
            assertThat(failure(store).reason()).isEqualTo(Reason.TIMEOUT);
            redis.resume();

            for (byte i = 0; i < 20; i++) {
                assertThat(store.find(KeySpace.of("c", "").key("" + i), TimeUnit.SECONDS.toNanos(5)))
                        .containsExactly(i);
            }
        }
    }

    @Test
    void find_callerInterrupted_staysInterruptedAndBlamesNobody() throws Exception {
        try (Peer peer = Peer.silent();
                JedisStore store =
                        new JedisStore(Settings.redisWithPassword(peer.port(), BUDGET), Duration.ofSeconds(30))) {
            Thread.currentThread().interrupt();
            StoreException failure = failure(store);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
        }
    }
}
