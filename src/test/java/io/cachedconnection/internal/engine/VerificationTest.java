package io.cachedconnection.internal.engine;

import static io.cachedconnection.internal.engine.Node.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.read.VerificationLayer.LieFoundException;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.VerificationSettings;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.store.ValueLoader;
import io.cachedconnection.testing.ChaosStore;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hits that are compared with what the method returns: each lie is found, and nothing else is taken for one. */
class VerificationTest {

    private static final VerificationSettings ALL = new VerificationSettings(1, false);
    private static final VerificationSettings FAILING = new VerificationSettings(1, true);
    private static final ProtocolSettings RETRY = Settings.protocol(Duration.ofMillis(100));

    /** Keeps for the test what is to be done in seconds, and does the rest never. */
    private static final class Later extends ScheduledThreadPoolExecutor {

        private final List<Runnable> tasks = new ArrayList<>();

        Later() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            if (unit.toSeconds(delay) > 0) {
                tasks.add(task);
            }
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long start, long delay, TimeUnit unit) {
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        void run() {
            List<Runnable> due = List.copyOf(tasks);
            tasks.clear();
            due.forEach(Runnable::run);
        }
    }

    private final FakeTime time = new FakeTime();
    private final MemoryStore memory = new MemoryStore(time, RETRY.maxTransactionAge());
    private final ChaosStore store = new ChaosStore(memory);
    private final Node node = new Node(store, time, RETRY);
    private final Node other = new Node(memory, time, RETRY);
    private final Later later = new Later();
    private String row = "old";

    @BeforeEach
    void verify() throws Exception {
        node.engine.recoverOn(later);
        node.verification = ALL;
        assertThat(read()).isEqualTo("old");
        time.pass(Duration.ofMinutes(1)); // what has stored it is over
    }

    @AfterEach
    void end() {
        later.shutdownNow();
    }

    private String read() throws Exception {
        return node.read(() -> row);
    }

    private void judge() {
        time.pass(Duration.ofSeconds(10));
        later.run();
    }

    private void assertLies(int number) {
        assertThat(node.cache.counters().of(Event.LIE)).isEqualTo(number);
        assertThat(node.events.all().stream().filter("lied"::equals)).hasSize(number);
    }

    @Test
    void read_somebodyWritesPastTheCache_isFoundByTheFirstHitAndEvicted() throws Exception {
        row = "new";

        assertThat(read()).isEqualTo("old");
        assertThat(read()).isEqualTo("old");
        assertLies(0); // an eviction may still come
        judge();

        assertLies(1);
        assertThat(memory.contains(KEY, 0)).isFalse();
        assertThat(read()).isEqualTo("new");
    }

    @Test
    void read_isUnchanged_isVerifiedAndNoLie() throws Exception {
        assertThat(read()).isEqualTo("old");
        judge();

        assertLies(0);
        assertThat(node.cache.counters().of(Event.VERIFIED)).isOne();
        assertThat(node.cache.counters().of(Event.LOAD)).isOne(); // the first lookup's
    }

    @Test
    void read_noSample_loadsNothing() throws Exception {
        node.verification = VerificationSettings.OFF;
        row = "new";

        read();

        assertThat(node.loads).hasValue(1);
        assertThat(store.calls()).doesNotContain("isUntouched");
    }

    @Test
    void read_aSample_isOfSoManyHits() throws Exception {
        node.verification = new VerificationSettings(Double.MIN_VALUE, false); // the node's random number is zero
        read();
        assertThat(node.cache.counters().of(Event.VERIFIED)).isOne();
    }

    @Test
    void read_aWriteCommitsMeanwhile_isNoLie() throws Exception {
        node.read(() -> {
            other.write(() -> row = "new");
            return row;
        });
        judge();

        assertLies(0);
    }

    @Test
    void read_aWriteIsAnnouncedAndItsEntryIsThere_isNoLie() throws Exception {
        row = "new";
        node.read(() -> {
            byte[] entry = memory.find(KEY, 0);
            memory.begin(KEY, "w", 0);
            memory.plant(KEY, entry); // as after a restart of Redis
            return row;
        });
        judge();

        assertLies(0);
    }

    @Test
    void read_theEvictionComesAfterItsWrite_isNoLie() throws Exception {
        row = "new";
        read();
        time.pass(Duration.ofSeconds(5));
        other.engine.evict((Target) KEY);
        judge();

        assertLies(0);
    }

    @Test
    void read_theEvictionIsOverWhenItIsJudgedAndTheEntryIsBack_isNoLie() throws Exception {
        row = "new";
        read();
        memory.end(KEY, "w", Outcome.COMMITTED, 0);
        row = "old";
        other.read(() -> row);
        row = "new";
        judge();

        assertLies(0);
    }

    @Test
    void read_aLoadMayLieBack_anEvictionOfThatTimeExplainsIt() throws Exception {
        ProtocolSettings lagging = new ProtocolSettings(
                RETRY.budget(),
                RETRY.leaseTimeout(),
                RETRY.leaseWait(),
                RETRY.maxTransactionAge(),
                Duration.ofSeconds(5),
                RETRY.evictTimeout(),
                RETRY.onFailure(),
                RETRY.journalSize());
        Node replica = new Node(memory, time, lagging);
        replica.verification = FAILING;
        node.engine.put(node.binding, KEY, "new");
        time.pass(Duration.ofSeconds(3));

        assertThat(replica.read(() -> "old")).isEqualTo("new");

        time.pass(Duration.ofSeconds(3));
        assertThatThrownBy(() -> replica.read(() -> "old")).isInstanceOf(LieFoundException.class);
    }

    @Test
    void read_near_anEvictionWithinItsBoundExplainsIt() throws Exception {
        NearSettings settings = new NearSettings(true, 10, Duration.ofSeconds(2));
        Node near = new Node(memory, time, RETRY, () -> settings);
        near.engine.recover();
        near.verification = ALL;
        near.read(() -> "old"); // keeps it near
        near.read(() -> "old");
        long verified = near.cache.counters().of(Event.VERIFIED);
        byte[] entry = memory.find(KEY, 0);
        memory.evict(KEY, 0);
        memory.plant(KEY, entry); // and the node has not heard of it
        time.pass(Duration.ofSeconds(1));

        near.read(() -> "new");

        assertThat(near.cache.counters().of(Event.VERIFIED)).isEqualTo(verified + 1);
        assertThat(near.cache.counters().of(Event.LIE)).isZero();
    }

    @Test
    void read_inATransaction_isNotVerified() throws Exception {
        row = "new";
        node.transactions.begin();

        assertThat(read()).isEqualTo("old");

        assertThat(node.loads).hasValue(1);
    }

    @Test
    void read_theEntryIsGoneMeanwhile_isNoLie() throws Exception {
        node.read(() -> {
            memory.remove(KEY, 0);
            return "new";
        });
        judge();

        assertLies(0);
    }

    @Test
    void read_theFencesCannotBeAsked_isNoLie() throws Exception {
        row = "new";
        store.failAt("isUntouched");
        read();
        judge();

        assertLies(0);
    }

    @Test
    void read_theFencesAnswerTooLate_isNoLie() throws Exception {
        row = "new";
        store.before(call -> time.pass(call.equals("isUntouched") ? Duration.ofMillis(101) : Duration.ZERO));
        read();
        judge();

        assertLies(0);
    }

    @Test
    void read_theLoadThrows_answersAndRests() throws Exception {
        ValueLoader<String> failing = () -> {
            throw new IOException();
        };
        assertThat(node.read(failing)).isEqualTo("old");
        row = "new";
        assertThat(read()).isEqualTo("old");
        assertThat(node.loads).hasValue(2); // the second hit was not verified

        time.pass(Duration.ofSeconds(10));
        read();
        assertThat(node.loads).hasValue(3);
        assertThat(node.cache.counters().of(Event.VERIFICATION_SKIPPED)).isEqualTo(2);
    }

    @Test
    void read_theLoadLooksItselfUp_isVerifiedOnce() throws Exception {
        assertThat(node.read(() -> read())).isEqualTo("old");

        assertThat(node.cache.counters().of(Event.VERIFICATION_SKIPPED)).isOne();
    }

    @Test
    void read_theRowIsDeletedPastTheCache_isALie() throws Exception {
        row = null;
        read();
        judge();

        assertLies(1);
    }

    @Test
    void read_isToFailAndAWriteIsAnnounced_answersAtOnce() throws Exception {
        node.verification = FAILING;
        long before = time.getAsLong();

        assertThat(node.read(() -> {
                    byte[] entry = memory.find(KEY, 0);
                    memory.begin(KEY, "w", 0);
                    memory.plant(KEY, entry);
                    return "new";
                }))
                .isEqualTo("old");

        assertThat(time.getAsLong()).isEqualTo(before);
    }

    @Test
    void read_isToFail_throwsAndEvicts() {
        node.verification = FAILING;
        row = "new";

        assertThatThrownBy(this::read)
                .isInstanceOf(LieFoundException.class)
                .satisfies(ScannedLog::thrown)
                .hasMessageStartingWith("CC-0471 ")
                .hasMessageContaining("cache c ")
                .hasMessageContaining(KEY.digest())
                .hasMessageNotContaining(Seeds.ARGUMENT);
        assertLies(1);
        assertThat(memory.contains(KEY, 0)).isFalse();
    }
}
