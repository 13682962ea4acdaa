package io.cachedconnection.internal.engine;

import static io.cachedconnection.internal.engine.Node.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.internal.engine.write.WriteCounters.Fate;
import io.cachedconnection.internal.engine.write.WriteCounters.Scope;
import io.cachedconnection.testing.ChaosStore;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is counted: each lookup once, each load once with its outcome, each eviction once. */
class CountersTest {

    private static final ProtocolSettings RETRY = Settings.protocol(Duration.ofMillis(100));

    private final FakeTime time = new FakeTime();
    private final MemoryStore memory = new MemoryStore(time, RETRY.maxTransactionAge());
    private final ChaosStore store = new ChaosStore(memory);
    private final Node node = new Node(store, time, RETRY);
    private final Node other = new Node(memory, time, RETRY);
    private final CacheCounters counters = node.cache.counters();

    private Map<Event, Long> counted() {
        Map<Event, Long> counted = new EnumMap<>(Event.class);
        for (Event event : Event.values()) {
            if (counters.of(event) > 0) {
                counted.put(event, counters.of(event));
            }
        }
        return counted;
    }

    private void assertCounted(Event... events) {
        Map<Event, Long> expected =
                Arrays.stream(events).collect(Collectors.groupingBy(event -> event, Collectors.counting()));
        assertThat(counted()).isEqualTo(expected);
    }

    @AfterEach
    void assertThatEachLoadHasOneOutcome() {
        long outcomes = Arrays.stream(Event.values())
                .filter(event -> event.name().startsWith("LOAD_"))
                .mapToLong(counters::of)
                .sum();
        assertThat(outcomes).isEqualTo(counters.of(Event.LOAD)).isEqualTo(node.loads.get());
        assertThat(counters.loads().snapshot().count() + counters.of(Event.LOAD_FAILED))
                .isEqualTo(counters.of(Event.LOAD));
    }

    @Test
    void read_missAndHit_areStoredAndHit() throws Exception {
        node.read(() -> {
            time.pass(Duration.ofMillis(3));
            return "a";
        });
        node.read(() -> "b");

        assertCounted(Event.MISS, Event.LOAD, Event.LOAD_STORED, Event.HIT);
        assertThat(counters.loads().snapshot().sum())
                .isEqualTo(Duration.ofMillis(3).toNanos());
        assertThat(counters.sizes().snapshot().count()).isOne();
    }

    @Test
    void find_countsAsALookup() {
        node.engine.find(node.binding, KEY);

        assertCounted(Event.MISS);
    }

    @Test
    void read_theMethodThrows_failsWithItsType() {
        assertThatThrownBy(() -> node.read(() -> {
                    throw new IOException();
                }))
                .isInstanceOf(IOException.class);

        assertCounted(Event.MISS, Event.LOAD, Event.LOAD_FAILED);
        assertThat(counters.failedLoads()).containsOnlyKeys("java.io.IOException");
    }

    @Test
    void read_aWriteComesInBetween_losesItsLease() throws Exception {
        node.read(() -> {
            other.write(() -> {});
            return "old";
        });

        assertCounted(Event.MISS, Event.LOAD, Event.LOAD_LEASE_LOST);
    }

    @Test
    void read_aWriteIsUnderWay_isFenced() throws Exception {
        memory.begin(KEY, "w", 0);
        node.read(() -> "old");

        assertCounted(Event.MISS, Event.LOAD, Event.LOAD_FENCED);
    }

    @Test
    void read_anotherNodeLoads_waitsAndIsBusy() throws Exception {
        LeaseRequest request = new LeaseRequest("t", Duration.ZERO, RETRY.leaseTimeout(), Duration.ofMinutes(1));
        memory.acquire(KEY, request, 0);
        node.read(() -> "a");

        assertCounted(Event.MISS, Event.LOAD, Event.LOAD_BUSY);
        assertThat(counters.waitsForCluster().snapshot().sum())
                .isGreaterThanOrEqualTo(RETRY.leaseWait().toNanos());
    }

    @Test
    void read_inAnOldTransaction_isAnOldSnapshot() throws Exception {
        node.transactions.begin();
        time.pass(Duration.ofSeconds(1));
        other.write(() -> {});
        node.read(() -> "old");

        assertCounted(Event.MISS, Event.LOAD, Event.LOAD_OLD_SNAPSHOT);
    }

    @Test
    void read_inATransaction_isCountedWhenThatEnds() throws Exception {
        node.transactions.begin();
        node.read(() -> "a");
        assertCounted(Event.MISS, Event.LOAD);
        node.transactions.commit(() -> {});

        assertCounted(Event.MISS, Event.LOAD, Event.LOAD_STORED);
    }

    @Test
    void read_inATransactionThatIsRolledBack_isNotStored() throws Exception {
        node.transactions.begin();
        node.read(() -> "a");
        node.transactions.rollback();

        assertCounted(Event.MISS, Event.LOAD, Event.LOAD_ROLLED_BACK);
    }

    @Test
    void read_itsTransactionHasWritten_bypasses() throws Exception {
        node.transactions.begin();
        node.write(() -> {});
        node.read(() -> "a");
        node.transactions.commit(() -> {});

        assertCounted(Event.BYPASS_TRANSACTION, Event.LOAD, Event.LOAD_BYPASSED);
    }

    @Test
    void read_switchedOff_bypasses() throws Exception {
        node.enabled = false;
        node.read(() -> "a");

        assertCounted(Event.BYPASS_OFF, Event.LOAD, Event.LOAD_BYPASSED);
    }

    @Test
    void read_emptyValue_isNotStorable() throws Exception {
        node.read(() -> null);

        assertCounted(Event.MISS, Event.LOAD, Event.LOAD_NOT_STORABLE);
    }

    @Test
    void read_largeValue_isTooLarge() throws Exception {
        node.read(() -> "x".repeat(Settings.cache().maxValueBytes() + 1));

        assertCounted(Event.MISS, Event.LOAD, Event.LOAD_TOO_LARGE);
    }

    @Test
    void read_redisIsAway_isUnreachable() throws Exception {
        store.fail(Reason.CONNECTION);
        node.read(() -> "a");

        assertCounted(Event.BYPASS_UNREACHABLE, Event.FAILURE, Event.LOAD, Event.LOAD_UNREACHABLE);
    }

    @Test
    void read_itsEvictionIsPending_isNotAsked() throws Exception {
        store.fail(Reason.CONNECTION);
        node.write(() -> {});
        store.behave();
        assertThat(node.engine.pendingEvictions()).isOne();
        node.read(() -> "a");

        assertCounted(Event.BYPASS_PENDING_EVICTION, Event.FAILURE, Event.LOAD, Event.LOAD_UNREACHABLE);
        assertThat(evictions(Fate.DEFERRED)).isOne();
        assertThat(evictions(Fate.DONE)).isZero();
    }

    private long evictions(Fate fate) {
        return node.engine.writes().of("c", Scope.KEY, fate);
    }

    @Test
    void write_evictsOnce() throws Exception {
        node.write(() -> {});
        node.transactions.begin();
        node.write(() -> {});
        assertThat(evictions(Fate.DONE)).isOne();
        node.transactions.commit(() -> {});

        assertThat(evictions(Fate.DONE)).isEqualTo(2);
    }

    @Test
    void write_rolledBack_evictsAllTheSame() throws Exception {
        node.transactions.begin();
        node.write(() -> {});
        node.transactions.rollback();

        assertThat(evictions(Fate.DONE)).isOne();
    }

    @Test
    void write_cannotBeAnnounced_isRefused() {
        Node strict = new Node(store, time, Settings.protocol(Duration.ofMillis(100), OnFailure.FAIL));
        store.fail(Reason.CONNECTION);

        assertThatThrownBy(() -> strict.write(() -> {})).isInstanceOf(RefusedWriteException.class);
        assertThat(strict.engine.writes().of("c", Scope.KEY, Fate.REFUSED)).isOne();
    }

    @Test
    void put_isStoredAndNoEviction() {
        node.engine.put(node.binding, KEY, "a");

        assertThat(evictions(Fate.REPLACED)).isOne();
        assertThat(evictions(Fate.DONE)).isZero();
    }

    @Test
    void put_anotherWriteOverlaps_isAnEviction() {
        memory.begin(KEY, "w", 0);
        node.engine.put(node.binding, KEY, "a");

        assertThat(evictions(Fate.REPLACED)).isZero();
        assertThat(evictions(Fate.DONE)).isOne();
    }

    @Test
    void evict_all_isOfTheCache() {
        node.engine.evict(KEY.space());
        node.engine.evict(List.of(KEY));

        assertThat(node.engine.writes().of("c", Scope.ALL, Fate.DONE)).isOne();
        assertThat(evictions(Fate.DONE)).isOne();
    }
}
