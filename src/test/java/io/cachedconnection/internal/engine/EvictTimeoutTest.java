package io.cachedconnection.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.internal.engine.write.Transaction;
import io.cachedconnection.testing.ChaosStore;
import io.cachedconnection.testing.Gate;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long writes wait for the store, and that lookups have no say in it. */
class EvictTimeoutTest {

    private static final Duration BUDGET = Duration.ofMillis(100);
    private static final List<EntryKey> MANY =
            IntStream.range(0, 100).mapToObj(i -> Node.KEY.space().key("" + i)).toList();

    private final FakeTime time = new FakeTime();
    private final MemoryStore memory = new MemoryStore(time, Duration.ofSeconds(30));
    private final ChaosStore store = new ChaosStore(memory).on(time);
    private final Node retrying = new Node(store, time, Settings.protocol(BUDGET));
    private final Node failing = new Node(store, time, Settings.protocol(BUDGET, OnFailure.FAIL));
    private final Node other = new Node(memory, time, Settings.protocol(BUDGET));

    /** A clock that does only what is wanted at once. */
    private static class NoRounds extends ScheduledThreadPoolExecutor {
        NoRounds() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            return schedule(() -> {}, 0, unit);
        }
    }

    private void writeMany(Node node) throws Exception {
        node.engine.write(new ArrayList<Target>(MANY), changes -> null);
    }

    @Test
    void write_onlyLookupsLeaveTheStoreAlone_isAnnouncedAndEnded() throws Exception {
        for (Node node : List.of(retrying, failing)) {
            other.read(() -> "old");
            store.leaveLookupsAlone();
            node.write(() -> {});

            assertThat(store.calls()).endsWith("begin", "end");
            assertThat(other.read(() -> "new")).isEqualTo("new");
            other.engine.evict(Node.KEY);
        }
        assertThat(retrying.engine.find(retrying.binding, Node.KEY).outcome())
                .isEqualTo(StoreResult.Status.UNREACHABLE);
    }

    @Test
    void put_onlyLookupsLeaveTheStoreAlone_isStored() {
        store.leaveLookupsAlone();

        assertThat(retrying.engine.put(retrying.binding, Node.KEY, "a")).isEqualTo(Ack.YES);
        assertThat(retrying.engine.evict(retrying.binding, Node.KEY)).isEqualTo(Ack.YES);
    }

    @Test
    void write_manyKeysAndASilentStore_waitsOnce() throws Exception {
        store.before(call -> {
            time.pass(BUDGET);
            throw new StoreException(Reason.TIMEOUT, "on demand");
        });
        writeMany(retrying);
        assertThat(store.calls()).containsExactly("begin", "end");

        assertThatThrownBy(() -> writeMany(failing)).isInstanceOf(RefusedWriteException.class);
        assertThat(store.calls()).containsExactly("begin", "end", "begin", "end");
    }

    @Test
    void write_manyKeysAndASlowStore_waitsForAtMostTwoSuchTimes() throws Exception {
        store.before(call -> time.pass(BUDGET.multipliedBy(9).dividedBy(10)));
        long start = time.getAsLong();
        writeMany(retrying);

        assertThat(Duration.ofNanos(time.getAsLong() - start)).isLessThan(BUDGET.multipliedBy(2 * 3));
    }

    @Test
    void write_manyKeysAndAStoreThatIsWell_tellsOfEach() throws Exception {
        store.before(call -> time.pass(Duration.ofNanos(1)));
        writeMany(failing);

        assertThat(store.calls()).filteredOn("begin"::equals).hasSize(MANY.size());
        assertThat(store.calls()).filteredOn("end"::equals).hasSize(MANY.size());
    }

    @Test
    void writesOfCaches_eachTakesItsTime_areAllDone() throws Exception {
        store.before(call -> time.pass(BUDGET.multipliedBy(5))); // a sweep of many keys
        List<Target> caches = new ArrayList<>();
        IntStream.range(0, 5).forEach(i -> caches.add(KeySpace.of("cache" + i, "")));
        failing.engine.write(caches, changes -> null);

        assertThat(store.calls()).filteredOn("beginAll"::equals).hasSize(5);
        assertThat(store.calls()).filteredOn("endAll"::equals).hasSize(5);
    }

    @Test
    void write_onlyItsOwnCallFails_isCaughtUpOnWithoutWaitingForTheNextRound() throws Exception {
        NoRounds clock = new NoRounds();
        try {
            retrying.engine.recoverOn(clock);
            other.read(() -> "old");
            store.after(call -> store.before(next -> {
                if (next.equals("end")) {
                    store.behave(); // once
                    throw new StoreException(Reason.INTERRUPTED, "on demand");
                }
            }));
            retrying.write(() -> {});

            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (store.calls().stream().filter("end"::equals).count() < 2) {
                assertThat(System.nanoTime() - deadline).isNegative();
                Thread.onSpinWait();
            }
        } finally {
            clock.shutdownNow();
        }
    }

    @Test
    void read_failsAfterNoThreadWasToBeHadForTheRecovery_isRecoveredFromSoon() throws Exception {
        AtomicInteger planned = new AtomicInteger();
        NoRounds clock = new NoRounds() {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                if (delay > 0 && planned.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                return super.schedule(task, delay, unit);
            }
        };
        try {
            retrying.engine.recoverOn(clock);
            store.before(call -> {
                throw new StoreException(Reason.TIMEOUT, "on demand");
            });
            retrying.read(() -> "new");

            assertThat(planned).hasValueGreaterThan(1);
        } finally {
            clock.shutdownNow();
        }
    }

    /** A reaper ends the transaction, and the announcement is still on its way. */
    @Test
    void transaction_timesOutWhileItsAnnouncementWaits_isEvicted() throws Exception {
        other.read(() -> "old");
        Gate gate = new Gate();
        store.before(call -> {
            if (call.equals("begin")) {
                gate.pass();
            }
        });
        Started<Boolean> commit = Started.of(() -> {
            failing.transactions.begin();
            failing.write(() -> {});
            Transaction.Completion work =
                    (Transaction.Completion) failing.transactions.current().attachment();
            Started<Boolean> announcement = Started.of(() -> {
                work.beforeCommit();
                return true;
            });
            gate.awaitArrival();
            work.afterCompletion(Outcome.ROLLED_BACK);
            gate.open();
            return announcement.result();
        });

        assertThat(commit.result()).isTrue();
        assertThat(other.read(() -> "new")).isEqualTo("new");
        time.pass(Duration.ofSeconds(31)); // that of the late announcement
        assertThat(other.read(() -> "newer")).isEqualTo("newer");
        assertThat(other.read(() -> "newest")).isEqualTo("newer");
    }

    @Test
    void close_evictionUndelivered_isTriedALastTimeWithTheTimeOfAWrite() throws Exception {
        List<Long> given = new ArrayList<>();
        store.failAt("end");
        retrying.write(() -> {});
        store.leaveAlone();
        store.before(call -> given.add(1L));
        retrying.engine.close();

        assertThat(store.calls()).endsWith("end");
        assertThat(given).hasSize(1);
        assertThat(retrying.events.all()).noneMatch(event -> event.startsWith("evictions lost"));
    }

    @Test
    void close_storeGone_givesUpAfterOneTry() throws Exception {
        store.fail(Reason.TIMEOUT);
        writeMany(retrying);
        int before = store.calls().size();
        retrying.engine.close();

        assertThat(store.calls()).hasSize(before + 1);
        assertThat(retrying.events.all()).contains("evictions lost: 100");
    }
}
