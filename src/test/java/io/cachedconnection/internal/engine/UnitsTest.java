package io.cachedconnection.internal.engine;

import static io.cachedconnection.internal.engine.Node.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.internal.engine.write.Units.Handle;
import io.cachedconnection.testing.ChaosStore;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.Settings;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Units of work: transactions of which the engine learns only what their program says. */
class UnitsTest {

    private static final Duration BUDGET = Duration.ofMillis(100);
    private static final ProtocolSettings RETRY = Settings.protocol(BUDGET);
    private static final EntryKey SECOND = KEY.space().key("second");

    private final FakeTime time = new FakeTime();
    private final MemoryStore memory = new MemoryStore(time, RETRY.maxTransactionAge());
    private final ChaosStore store = new ChaosStore(memory);
    private final Node node = new Node(store, time, RETRY);
    private final Node other = new Node(memory, time, RETRY);
    private String row = "old";

    private String cached() {
        return other.engine.find(other.binding, KEY).value();
    }

    private void put(String value) throws Exception {
        node.engine.write(List.of(KEY), changes -> {
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, value));
            return null;
        });
    }

    private void assertNotCachedUntilTheAnnouncementRunsOut() throws Exception {
        assertThat(other.read(() -> row)).isEqualTo(row);
        assertThat(cached()).isNull();
        time.pass(RETRY.maxTransactionAge().plusMillis(1));
        other.read(() -> row);
        assertThat(cached()).isEqualTo(row);
    }

    private void assertCachedAtOnce() throws Exception {
        other.read(() -> row);
        assertThat(cached()).isEqualTo(row);
    }

    @Test
    void write_committed_isAnnouncedBeforeItRunsAndEndedAfterTheCommit() throws Exception {
        node.read(() -> row);
        Handle unit = node.units.open();
        node.write(() -> assertThat(cached()).isNull());
        assertThat(other.read(() -> row)).isEqualTo("old");
        assertThat(cached()).isNull(); // a lookup before the commit stores nothing
        row = "new";
        assertThat(unit.end(Outcome.COMMITTED)).isTrue();

        assertThat(other.read(() -> row)).isEqualTo("new");
        assertThat(store.calls()).containsExactly("find", "acquire", "fill", "begin", "end");
        assertThat(node.units.current()).isNull();
    }

    @Test
    void lookup_ofWhatItHasWritten_seesItsOwnAndNobodyElseDoes() throws Exception {
        node.read(() -> row);
        Handle unit = node.units.open();
        node.write(() -> {});
        assertThat(node.read(() -> "dirty")).isEqualTo("dirty");
        assertThat(other.read(() -> row)).isEqualTo("old");
        unit.end(Outcome.REFUSED);

        assertThat(node.read(() -> row)).isEqualTo("old");
        assertCachedAtOnce();
    }

    @Test
    void lookup_ofWhatIsWrittenPastTheCache_isStoredOnlyWhenCommitted() throws Exception {
        Handle rolledBack = node.units.open();
        assertThat(node.read(() -> "dirty")).isEqualTo("dirty");
        assertThat(cached()).isNull();
        rolledBack.end(Outcome.REFUSED);
        assertThat(cached()).isNull();

        Handle committed = node.units.open();
        node.read(() -> "new");
        committed.end(Outcome.COMMITTED);
        assertThat(cached()).isEqualTo("new");
    }

    @Test
    void lookup_snapshotOlderThanAWrite_isNotStored() throws Exception {
        Handle unit = node.units.open();
        String snapshot = row;
        time.pass(Duration.ofSeconds(1));
        other.write(() -> row = "new");
        node.read(() -> snapshot);
        unit.end(Outcome.COMMITTED);

        assertThat(cached()).isNull();
    }

    @Test
    void put_committed_isStoredAndRolledBackIsNot() throws Exception {
        Handle rolledBack = node.units.open();
        put("dirty");
        rolledBack.end(Outcome.REFUSED);
        assertThat(cached()).isNull();
        time.pass(Duration.ofSeconds(1)); // that was an eviction

        Handle committed = node.units.open();
        put("new");
        assertThat(cached()).isNull();
        committed.end(Outcome.COMMITTED);
        assertThat(cached()).isEqualTo("new");
    }

    @Test
    void put_onlySaidToBeCommitted_onlyEvicts() throws Exception {
        node.read(() -> row);
        Handle unit = node.units.open();
        time.pass(Duration.ofSeconds(1));
        put("new");
        unit.end(Outcome.REPORTED_COMMITTED);

        assertThat(cached()).isNull();
    }

    @Test
    void put_ofWhatWasReadBeforeAnotherWrite_onlyEvicts() throws Exception {
        Handle unit = node.units.open();
        String snapshot = row;
        time.pass(Duration.ofSeconds(1));
        other.write(() -> row = "new");
        node.engine.put(node.binding, KEY, snapshot);
        unit.end(Outcome.COMMITTED);

        assertThat(cached()).isNull();
    }

    @Test
    void write_keyOfTheResult_isAnnouncedBeforeTheCommit() throws Exception {
        node.read(() -> row);
        Handle unit = node.units.open();
        node.engine.write(List.of(), List.of(KEY.space()), changes -> {
            changes.evict(KEY);
            return null;
        });
        other.read(() -> row);
        assertThat(cached()).isNull();
        row = "new";
        unit.end(Outcome.COMMITTED);

        assertCachedAtOnce();
    }

    @Test
    void end_unknown_isNotCachedUntilItsAnnouncementRunsOut() throws Exception {
        Handle unit = node.units.open();
        node.write(() -> {});
        unit.end(Outcome.UNKNOWN);

        assertNotCachedUntilTheAnnouncementRunsOut();
    }

    @Test
    void failed_whatTellsOfALostConnection_leavesItOpenAndOtherFailuresDoNot() throws Exception {
        Handle business = node.units.open();
        node.write(() -> {});
        business.failed(new IllegalArgumentException("out of stock"));
        assertCachedAtOnce();

        Handle lost = node.units.open();
        node.write(() -> {});
        lost.failed(new IllegalStateException(new SocketTimeoutException()));
        assertNotCachedUntilTheAnnouncementRunsOut();
    }

    @Test
    void end_twice_isTheFirstOne() throws Exception {
        Handle unit = node.units.open();
        put("new");
        assertThat(unit.end(Outcome.COMMITTED)).isTrue();
        assertThat(unit.end(Outcome.UNKNOWN)).isFalse();

        assertThat(cached()).isEqualTo("new");
    }

    @Test
    void inner_committed_isOverWithTheOuterOne() throws Exception {
        node.read(() -> row);
        Handle outer = node.units.open();
        Handle inner = node.units.open();
        node.write(() -> {});
        inner.end(Outcome.COMMITTED);
        other.read(() -> row);
        assertThat(cached()).isNull(); // the inner transaction may be the outer one
        row = "new";
        outer.end(Outcome.COMMITTED);

        assertCachedAtOnce();
    }

    @Test
    void inner_rolledBackAndTheOuterOneCommits_nothingOfBothIsStored() throws Exception {
        Handle outer = node.units.open();
        Handle inner = node.units.open();
        put("dirty");
        inner.end(Outcome.REFUSED);
        outer.end(Outcome.COMMITTED);

        assertThat(cached()).isNull();
        assertCachedAtOnce();
    }

    @Test
    void inner_neverEnded_leavesTheUnitOpen() throws Exception {
        Handle outer = node.units.open();
        node.units.open();
        node.write(() -> {});
        outer.end(Outcome.COMMITTED);

        assertNotCachedUntilTheAnnouncementRunsOut();
    }

    @Test
    void fail_redisAway_refusesTheWriteBeforeItRuns() throws Exception {
        Node strict = new Node(store, time, Settings.protocol(BUDGET, ProtocolSettings.OnFailure.FAIL));
        Handle unit = strict.units.open();
        store.fail(Reason.TIMEOUT);

        assertThatThrownBy(() -> strict.write(() -> row = "new")).isInstanceOf(RefusedWriteException.class);
        assertThatThrownBy(() -> strict.engine.evict(KEY)).isInstanceOf(RefusedWriteException.class);
        unit.end(Outcome.REFUSED);
        assertThat(row).isEqualTo("old");
    }

    @Test
    void fail_redisGoesBeforeTheKeyIsKnown_refusesBeforeTheCommitAndEvictsAllTheSame() throws Exception {
        Node strict = new Node(store, time, Settings.protocol(BUDGET, ProtocolSettings.OnFailure.FAIL));
        other.read(() -> row);
        Handle unit = strict.units.open();

        assertThatThrownBy(() -> strict.engine.write(List.of(), List.of(KEY.space()), changes -> {
                    changes.evict(KEY);
                    store.fail(Reason.TIMEOUT);
                    return null;
                }))
                .isInstanceOf(RefusedWriteException.class);
        store.behave();
        row = "new"; // the program commits all the same
        unit.end(Outcome.COMMITTED);
        assertThat(cached()).isNull();
    }

    @Test
    void write_inATransactionInside_belongsToBoth() throws Exception {
        node.read(() -> row);
        Handle unit = node.units.open();
        node.transactions.begin();
        put("dirty"); // of the unit, say
        node.transactions.commit(() -> {});
        other.read(() -> row);
        assertThat(cached()).isNull();
        row = "new";
        unit.end(Outcome.COMMITTED);

        assertThat(cached()).isNull();
        assertCachedAtOnce();
    }

    @Test
    void write_inAUnitInside_belongsToBoth() throws Exception {
        node.read(() -> row);
        other.engine.put(other.binding, SECOND, "old");
        node.transactions.begin();
        node.engine.evict(SECOND);
        Handle unit = node.units.open();
        put("dirty"); // of the transaction, say
        assertThat(node.engine.contains(node.binding, SECOND)).isEqualTo(Ack.NO);
        unit.end(Outcome.COMMITTED);
        assertThat(cached()).isNull();

        assertThat(other.read(() -> row)).isEqualTo("old"); // of which a copy is right before the commit
        assertThat(node.read(() -> "dirty")).isEqualTo("dirty");
        node.transactions.commit(() -> row = "new");
        assertThat(cached()).isNull();
        assertCachedAtOnce();
    }

    @Test
    void lookup_besideATransaction_storesNothing() throws Exception {
        node.transactions.begin();
        Handle unit = node.units.open();
        node.read(() -> "dirty");
        unit.end(Outcome.COMMITTED);
        assertThat(cached()).isNull();
        node.transactions.rollback();

        assertThat(cached()).isNull();
    }

    @Test
    void lookup_whileATransactionEnds_storesNothing() throws Exception {
        node.transactions.setEnding();
        Handle unit = node.units.open();
        node.read(() -> "dirty");
        unit.end(Outcome.COMMITTED);

        assertThat(cached()).isNull();
    }

    @Test
    void otherThread_writesInTheMeantime_isNotPartOfIt() throws Exception {
        Handle unit = node.units.open();
        FutureTask<Boolean> elsewhere = new FutureTask<>(() -> {
            put("new");
            return node.units.current() == null && unit.end(Outcome.COMMITTED);
        });
        new Thread(elsewhere).start();

        assertThat(elsewhere.get()).isTrue(); // and may end it
        assertThat(cached()).isEqualTo("new");
        assertThat(node.units.current()).isNull();
    }

    @Test
    void methodItself_opensAndCommits_isAroundIt() throws Exception {
        node.read(() -> row);
        node.write(() -> {
            Handle unit = node.units.open();
            row = "new";
            unit.end(Outcome.COMMITTED);
        });

        assertThat(store.calls()).containsExactly("find", "acquire", "fill", "begin", "end");
        assertCachedAtOnce();
    }

    @Test
    void methodItself_leavesItOpen_isEvictedWithIt() throws Exception {
        node.write(() -> node.units.open());
        Handle joined = node.units.open();
        assertCachedNothingNow();
        joined.end(Outcome.COMMITTED);
        assertCachedNothingNow();
    }

    private void assertCachedNothingNow() throws Exception {
        other.read(() -> row);
        assertThat(cached()).isNull();
    }

    @Test
    void evictAtCommit_twiceInAUnit_isAnnouncedOnce() throws Exception {
        Handle unit = node.units.open();
        node.engine.evictAtCommit(KEY);
        node.engine.evictAtCommit(KEY);
        node.engine.evictAtCommit(KEY.space());
        unit.end(Outcome.COMMITTED);

        assertThat(store.calls().stream().filter("begin"::equals)).hasSize(1);
    }

    @Test
    void evictAtCommit_afterAPut_onlyEvicts() throws Exception {
        Handle unit = node.units.open();
        put("as it was");
        node.engine.evictAtCommit(KEY); // a later flush
        unit.end(Outcome.COMMITTED);

        assertThat(cached()).isNull();
    }

    @Test
    void evictAtCommit_noTransaction_isNotCachedUntilTheAnnouncementRunsOut() throws Exception {
        node.read(() -> row);
        node.engine.evictAtCommit(KEY);
        other.read(() -> row);
        assertThat(cached()).isNull();
        row = "new";

        assertNotCachedUntilTheAnnouncementRunsOut();
    }

    @Test
    void evictAtCommit_noTransactionAndRedisAway_isCaughtUpOnOrRefused() throws Exception {
        other.read(() -> row);
        Node strict = new Node(store, time, Settings.protocol(BUDGET, ProtocolSettings.OnFailure.FAIL));
        store.fail(Reason.TIMEOUT);
        assertThatThrownBy(() -> strict.engine.evictAtCommit(KEY)).isInstanceOf(RefusedWriteException.class);
        node.engine.evictAtCommit(KEY);
        store.behave();
        time.pass(Duration.ofSeconds(5));
        node.engine.recover();

        assertNotCachedUntilTheAnnouncementRunsOut();
    }

    @Test
    void unit_olderThanTheLongestTransaction_storesNothing() throws Exception {
        Handle unit = node.units.open();
        time.pass(RETRY.maxTransactionAge());
        node.read(() -> "old");
        put("new");
        unit.end(Outcome.COMMITTED);

        assertThat(cached()).isNull();
    }
}
