package io.cachedconnection.internal.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.provider.ConnectionProfile;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every remote store does, the fake as the real ones. */
public abstract class RemoteStoreContract extends StampsContract {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration PAST = Duration.ofMillis(1500);
    private static final Duration SHORT = Duration.ofMillis(500);

    private KeySpace space;
    private EntryKey key;

    @BeforeEach
    void freshKey() {
        space = KeySpace.of("contract", "t" + UUID.randomUUID());
        key = space.key(Seeds.ARGUMENT);
    }

    /** A value as a write that nobody disturbs leaves it; false if one does. */
    private boolean store(EntryKey place, StoredEntry storedEntry) {
        pass(Duration.ofNanos(1000)); // two writes at the same moment overlap
        store().begin(place, "setup", NANOS);
        return store().endWith(place, "setup", Duration.ZERO, storedEntry, NANOS);
    }

    @Test
    void find_nothingPut_isNull() {
        assertThat(store().find(key, NANOS)).isNull();
        assertThat(store().contains(key, NANOS)).isFalse();
    }

    @Test
    void find_put_givesTheSameBytes() {
        byte[] payload = "zażółć \0 gęślą \r\n jaźń".getBytes(UTF_8);
        store(key, new StoredEntry(payload, LONG));

        assertThat(store().find(key, NANOS)).isEqualTo(payload);
        assertThat(store().contains(key, NANOS)).isTrue();
    }

    /** No value is of no bytes. */
    @Test
    void find_noBytesPut_isNullAndMayBeFilled() {
        store(key, new StoredEntry(new byte[0], LONG));

        assertThat(store().find(key, NANOS)).isNull();
        assertThat(store().findEntry(key, NANOS)).isNull();
        assertThat(store().acquire(key, new LeaseRequest("t", Duration.ZERO, LONG, Duration.ofHours(1)), NANOS)
                        .verdict())
                .isEqualTo(Verdict.LEASED);
        assertThat(store().fill(key, "t", new StoredEntry(new byte[] {1}, LONG), NANOS))
                .isTrue();
        assertThat(store().find(key, NANOS)).containsExactly(1);
    }

    @Test
    void find_moreThanIsOurs_givesOneByteTooMany() {
        store(key, new StoredEntry(new byte[StoredEntry.MOST_BYTES + 1000], LONG));

        assertThat(store().find(key, NANOS)).hasSize(StoredEntry.MOST_BYTES + 1);
        assertThat(store().findEntry(key, NANOS).payload()).hasSize(StoredEntry.MOST_BYTES + 1);
        assertThat(store().acquire(key, new LeaseRequest("t", Duration.ZERO, LONG, Duration.ofHours(1)), NANOS)
                        .payload())
                .hasSize(StoredEntry.MOST_BYTES + 1);
    }

    @Test
    void find_largePayloadPut_givesTheSameBytes() {
        byte[] payload = "x".repeat(3_000_000).getBytes(UTF_8);
        store(key, new StoredEntry(payload, LONG));

        assertThat(store().find(key, NANOS)).isEqualTo(payload);
    }

    @Test
    void isUntouched_aWriteIsAnnounced_onlyIsNot() {
        pass(PAST);
        assertThat(store().isUntouched(key, SHORT, NANOS)).isTrue();

        store().begin(key, "w", NANOS);
        assertThat(store().isUntouched(key, SHORT, NANOS)).isFalse();
        assertThat(store().isUntouched(space.key("other"), SHORT, NANOS)).isTrue();

        store().end(key, "w", Outcome.ROLLED_BACK, NANOS);
        assertThat(store().isUntouched(key, SHORT, NANOS)).isTrue();
    }

    @Test
    void isUntouched_aWriteHasEnded_isNotUntilThatIsOver() {
        store().begin(key, "w", NANOS);
        store().end(key, "w", Outcome.COMMITTED, NANOS);
        assertThat(store().isUntouched(key, PAST, NANOS)).isFalse();

        pass(PAST);
        assertThat(store().isUntouched(key, SHORT, NANOS)).isTrue();
    }

    @Test
    void isUntouched_allOfTheCacheIsWritten_isNot() {
        pass(PAST);
        store().beginAll(space, "w", NANOS);
        assertThat(store().isUntouched(key, SHORT, NANOS)).isFalse();

        store().endAll(space, "w", Outcome.COMMITTED, NANOS);
        assertThat(store().isUntouched(key, PAST, NANOS)).isFalse();
    }

    @Test
    void put_twice_keepsTheSecond() {
        store(key, new StoredEntry(new byte[] {1}, LONG));
        store(key, new StoredEntry(new byte[] {2}, LONG));

        assertThat(store().find(key, NANOS)).containsExactly(2);
    }

    @Test
    void remove_put_saysYesOnce() {
        store(key, new StoredEntry(new byte[] {1}, LONG));

        assertThat(store().remove(key, NANOS)).isTrue();
        assertThat(store().remove(key, NANOS)).isFalse();
        assertThat(store().find(key, NANOS)).isNull();
    }

    @Test
    void put_ttlOver_isGone() {
        store(key, new StoredEntry(new byte[] {1}, Duration.ofMillis(40)));
        pass(Duration.ofMillis(80));

        assertThat(store().find(key, NANOS)).isNull();
        assertThat(store().contains(key, NANOS)).isFalse();
        assertThat(store().remove(key, NANOS)).isFalse();
    }

    @Test
    void keys_differ_doNotMeet() {
        store(key, new StoredEntry(new byte[] {1}, LONG));

        assertThat(store().find(space.key(Seeds.ARGUMENT + "1"), NANOS)).isNull();
    }

    // The protocol. Names of loads are L1, L2; of writes W1, W2.

    private static final byte[] OLD = {1};
    private static final byte[] NEW = {2};

    private static StoredEntry entry(byte[] payload) {
        return new StoredEntry(payload, LONG);
    }

    private Verdict acquire(String token) {
        return acquire(token, Duration.ZERO);
    }

    private Verdict acquire(String token, Duration settle) {
        return store().acquire(key, new LeaseRequest(token, settle, LONG, Duration.ofHours(1)), NANOS)
                .verdict();
    }

    private boolean fill(String token, byte[] payload) {
        return store().fill(key, token, entry(payload), NANOS);
    }

    private void begin(String write) {
        store().begin(key, write, NANOS);
    }

    private void end(String write, Outcome outcome) {
        store().end(key, write, outcome, NANOS);
    }

    @Test
    void acquire_valueThere_givesIt() {
        store(key, entry(NEW));

        LeaseResult lease =
                store().acquire(key, new LeaseRequest("L1", Duration.ZERO, LONG, Duration.ofHours(1)), NANOS);
        assertThat(lease.verdict()).isEqualTo(Verdict.PRESENT);
        assertThat(lease.payload()).isEqualTo(NEW);
    }

    @Test
    void acquire_twice_isForOneOnly() {
        assertThat(acquire("L1")).isEqualTo(Verdict.LEASED);
        assertThat(acquire("L2")).isEqualTo(Verdict.BUSY);
        assertThat(acquire("L1")).isEqualTo(Verdict.LEASED); // as when its reply was lost and it asks again
    }

    @Test
    void acquire_leaseRunOut_isForTheNext() {
        store().acquire(key, new LeaseRequest("L1", Duration.ZERO, Duration.ofMillis(20), Duration.ofHours(1)), NANOS);
        pass(Duration.ofMillis(40));

        assertThat(acquire("L2")).isEqualTo(Verdict.LEASED);
        assertThat(fill("L1", OLD)).isFalse();
        assertThat(fill("L2", NEW)).isTrue();
    }

    @Test
    void fill_leased_storesAndGivesTheLeaseBack() {
        acquire("L1");

        assertThat(fill("L1", NEW)).isTrue();
        assertThat(store().find(key, NANOS)).isEqualTo(NEW);
        assertThat(fill("L1", OLD)).isFalse();
        assertThat(store().find(key, NANOS)).isEqualTo(NEW);
    }

    @Test
    void fill_withoutLease_isRefused() {
        assertThat(fill("L1", OLD)).isFalse();
        assertThat(store().find(key, NANOS)).isNull();
    }

    @Test
    void release_leased_isForTheNextAtOnce() {
        acquire("L1");

        assertThat(store().release(key, "L2", NANOS)).isFalse();
        assertThat(store().release(key, "L1", NANOS)).isTrue();
        assertThat(acquire("L2")).isEqualTo(Verdict.LEASED);
    }

    @Test
    void fill_evictedWhileLoading_isRefused() {
        acquire("L1");
        store().evict(key, NANOS);

        assertThat(fill("L1", OLD)).isFalse();
        assertThat(store().release(key, "L1", NANOS)).isFalse();
    }

    @Test
    void fill_writeBegunWhileLoading_isRefused() {
        acquire("L1");
        begin("W1");

        assertThat(fill("L1", OLD)).isFalse();
    }

    @Test
    void fill_putWhileLoading_isRefused() {
        acquire("L1");
        store(key, entry(NEW));

        assertThat(fill("L1", OLD)).isFalse();
        assertThat(store().find(key, NANOS)).isEqualTo(NEW);
    }

    @Test
    void begin_valueThere_isGoneAndNobodyFills() {
        store(key, entry(OLD));
        begin("W1");

        assertThat(store().find(key, NANOS)).isNull();
        assertThat(acquire("L1")).isEqualTo(Verdict.FENCED);
        assertThat(store(key, entry(OLD))).isFalse();
    }

    @Test
    void end_committed_letsTheNextLoadFill() {
        begin("W1");
        end("W1", Outcome.COMMITTED);

        assertThat(acquire("L1")).isEqualTo(Verdict.LEASED);
    }

    @Test
    void end_rolledBack_isAsIfNothingHadBeen() {
        begin("W1");
        end("W1", Outcome.ROLLED_BACK);

        assertThat(acquire("L1", Duration.ofSeconds(1))).isEqualTo(Verdict.LEASED);
    }

    @Test
    void end_oneOfTwo_isStillFenced() {
        begin("W1");
        begin("W2");
        end("W1", Outcome.COMMITTED);

        assertThat(acquire("L1")).isEqualTo(Verdict.FENCED);
    }

    @Test
    void acquire_oldSnapshotAfterAnEviction_mayNotFill() {
        begin("W1");
        end("W1", Outcome.COMMITTED);

        assertThat(acquire("L1", Duration.ofSeconds(2))).isEqualTo(Verdict.OLD);
        assertThat(acquire("L2")).isEqualTo(Verdict.LEASED);
    }

    @Test
    void acquire_snapshotYoungerThanTheEviction_mayFill() {
        begin("W1");
        end("W1", Outcome.COMMITTED);
        pass(Duration.ofMillis(40));

        assertThat(acquire("L1", Duration.ofMillis(20))).isEqualTo(Verdict.LEASED);
    }

    @Test
    void acquire_settledForEver_mayNeverFill() {
        assertThat(acquire("L1", Duration.ofDays(36500))).isEqualTo(Verdict.OLD);
    }

    @Test
    void begin_writerDies_fencesUntilItsDeadlineAndCountsAsEvictedThen() {
        begin("W1");
        assertThat(acquire("L1")).isEqualTo(Verdict.FENCED);
        pass(MAX_TRANSACTION_AGE.plusMillis(50));

        assertThat(acquire("L1", MAX_TRANSACTION_AGE)).isEqualTo(Verdict.OLD);
        assertThat(acquire("L2")).isEqualTo(Verdict.LEASED);
    }

    @Test
    void end_afterItsDeadline_stillEvicts() {
        begin("W1");
        pass(MAX_TRANSACTION_AGE.plusMillis(50));
        acquire("L1");
        fill("L1", OLD);
        acquire("L2");
        end("W1", Outcome.COMMITTED);

        assertThat(store().find(key, NANOS)).isNull();
        assertThat(fill("L2", OLD)).isFalse();
    }

    @Test
    void endWith_alone_storesTheResult() {
        begin("W1");

        assertThat(store().endWith(key, "W1", Duration.ZERO, entry(NEW), NANOS)).isTrue();
        assertThat(store().find(key, NANOS)).isEqualTo(NEW);
        assertThat(store(key, entry(OLD))).isTrue(); // no longer fenced
    }

    @Test
    void endWith_anotherWriteLive_leavesNothing() {
        begin("W1");
        begin("W2");

        assertThat(store().endWith(key, "W1", Duration.ZERO, entry(OLD), NANOS)).isFalse();
        assertThat(store().find(key, NANOS)).isNull();
        assertThat(store().endWith(key, "W2", Duration.ZERO, entry(NEW), NANOS)).isFalse(); // W1 ended since
        assertThat(store().find(key, NANOS)).isNull();
    }

    @Test
    void endWith_evictedSinceItsBegin_leavesNothing() {
        begin("W1");
        store().evict(key, NANOS);

        assertThat(store().endWith(key, "W1", Duration.ZERO, entry(OLD), NANOS)).isFalse();
        assertThat(store().find(key, NANOS)).isNull();
    }

    @Test
    void endWith_evictedWhenItsTransactionMayHaveRead_leavesNothing() {
        store().evict(key, NANOS);
        pass(Duration.ofMillis(40));
        begin("W1");

        assertThat(store().endWith(key, "W1", Duration.ofSeconds(2), entry(OLD), NANOS))
                .isFalse();
        assertThat(store().find(key, NANOS)).isNull();
    }

    @Test
    void endWith_allEvictedWhenItsTransactionMayHaveRead_leavesNothing() {
        store().beginAll(space, "W2", NANOS);
        store().endAll(space, "W2", Outcome.COMMITTED, NANOS);
        begin("W1");

        assertThat(store().endWith(key, "W1", Duration.ofSeconds(2), entry(OLD), NANOS))
                .isFalse();
        assertThat(store().find(key, NANOS)).isNull();
    }

    @Test
    void endWith_evictedBeforeItsTransaction_storesTheResult() {
        store().evict(key, NANOS);
        pass(Duration.ofMillis(40));
        begin("W1");

        assertThat(store().endWith(key, "W1", Duration.ofMillis(20), entry(NEW), NANOS))
                .isTrue();
        assertThat(store().find(key, NANOS)).isEqualTo(NEW);
    }

    @Test
    void endWith_notBegunOrRunOut_leavesNothing() {
        assertThat(store().endWith(key, "W1", Duration.ZERO, entry(OLD), NANOS)).isFalse();
        begin("W2");
        pass(MAX_TRANSACTION_AGE.plusMillis(50));
        assertThat(store().endWith(key, "W2", Duration.ZERO, entry(OLD), NANOS)).isFalse();
        assertThat(store().find(key, NANOS)).isNull();
    }

    @Test
    void endWith_begunTwice_hasBegunTheFirstTime() {
        begin("W1");
        begin("W2");
        end("W2", Outcome.COMMITTED);
        begin("W1"); // a late copy

        assertThat(store().endWith(key, "W1", Duration.ZERO, entry(OLD), NANOS)).isFalse();
        assertThat(store().find(key, NANOS)).isNull();
    }

    @Test
    void endWith_allEvictedSinceItsBegin_leavesNothing() {
        begin("W1");
        store().beginAll(space, "W2", NANOS);
        store().endAll(space, "W2", Outcome.COMMITTED, NANOS);

        assertThat(store().endWith(key, "W1", Duration.ZERO, entry(OLD), NANOS)).isFalse();
        assertThat(store().find(key, NANOS)).isNull();
    }

    @Test
    void beginAll_valuesAndLeasesThere_areGoneAndNobodyFills() {
        EntryKey other = space.key("other");
        EntryKey elsewhere = KeySpace.of("elsewhere", "t" + UUID.randomUUID()).key(Seeds.ARGUMENT);
        store(other, entry(OLD));
        store(elsewhere, entry(NEW));
        acquire("L1");
        store().beginAll(space, "W1", NANOS);

        assertThat(store().find(other, NANOS)).isNull();
        assertThat(store().find(elsewhere, NANOS)).isEqualTo(NEW);
        assertThat(fill("L1", OLD)).isFalse();
        assertThat(acquire("L2")).isEqualTo(Verdict.FENCED);
        assertThat(store(key, entry(OLD))).isFalse();

        store().endAll(space, "W1", Outcome.COMMITTED, NANOS);
        assertThat(acquire("L3", Duration.ofSeconds(2))).isEqualTo(Verdict.OLD);
        assertThat(acquire("L3")).isEqualTo(Verdict.LEASED);
    }

    @Test
    void endAll_rolledBack_isAsIfNothingHadBeen() {
        store().beginAll(space, "W1", NANOS);
        store().endAll(space, "W1", Outcome.ROLLED_BACK, NANOS);

        assertThat(acquire("L1", Duration.ofSeconds(1))).isEqualTo(Verdict.LEASED);
    }

    @Test
    void endAll_afterItsDeadline_stillEvicts() {
        EntryKey other = space.key("other");
        store().beginAll(space, "W1", NANOS);
        pass(MAX_TRANSACTION_AGE.plusMillis(50));
        acquire("L1");
        fill("L1", OLD);
        store().acquire(other, new LeaseRequest("L2", Duration.ZERO, LONG, Duration.ofHours(1)), NANOS);
        store().endAll(space, "W1", Outcome.COMMITTED, NANOS);

        assertThat(store().find(key, NANOS)).isNull();
        assertThat(store().fill(other, "L2", entry(OLD), NANOS)).isFalse();
    }

    @Test
    void beginAll_manyKeys_allAreGone() {
        for (int i = 0; i < 2000; i++) {
            store(space.key("k" + i), entry(OLD));
        }
        store().beginAll(space, "W1", NANOS);

        for (int i = 0; i < 2000; i++) {
            assertThat(store().contains(space.key("k" + i), NANOS)).isFalse();
        }
    }

    @Test
    void evict_nothingThere_saysSoAndStamps() {
        assertThat(store().evict(key, NANOS)).isFalse();
        assertThat(acquire("L1", Duration.ofSeconds(2))).isEqualTo(Verdict.OLD);
    }

    @Test
    void remove_leased_leavesTheLease() {
        store(key, entry(OLD));
        store().remove(key, NANOS);
        acquire("L1");
        store().remove(key, NANOS);

        assertThat(fill("L1", NEW)).isTrue();
    }

    @Test
    void findEntry_nothingPut_isNull() {
        assertThat(store().findEntry(key, NANOS)).isNull();
    }

    @Test
    void findEntry_put_tellsHowLongItStillLives() {
        store(key, entry(NEW));
        pass(Duration.ofMillis(30));
        StoredEntry found = store().findEntry(key, NANOS);

        assertThat(found.payload()).isEqualTo(NEW);
        assertThat(found.life()).isBetween(LONG.minusSeconds(20), LONG.minusMillis(29));
    }

    // Many steps at once.

    private List<EntryKey> keys(int number) {
        return IntStream.range(0, number).mapToObj(i -> space.key("k" + i)).toList();
    }

    private List<Boolean> taken(List<WriteStep> steps) {
        return store().steps(steps, NANOS).stream().map(Response::get).toList();
    }

    @Test
    void steps_none_areNothing() {
        assertThat(store().steps(List.of(), NANOS)).isEmpty();
    }

    @Test
    void steps_ofManyKeys_areEachAsByItself() {
        List<EntryKey> keys = keys(300);
        keys.forEach(each -> store(each, entry(OLD)));
        pass(Duration.ofNanos(1000));
        assertThat(taken(keys.stream().map(each -> WriteStep.begin(each, "W1")).toList()))
                .hasSize(300)
                .containsOnly(true);

        assertThat(keys).allMatch(each -> store().find(each, NANOS) == null);
        assertThat(keys).allMatch(each -> verdict(each, "L1") == Verdict.FENCED);

        List<WriteStep> ends = IntStream.range(0, 300)
                .mapToObj(i -> switch (i % 3) {
                    case 0 -> WriteStep.end(keys.get(i), "W1", Outcome.COMMITTED);
                    case 1 -> WriteStep.end(keys.get(i), "W1", Outcome.ROLLED_BACK);
                    default -> WriteStep.endWith(keys.get(i), "W1", Duration.ZERO, entry(new byte[] {(byte) i}));
                })
                .toList();
        assertThat(taken(ends)).hasSize(300).containsOnly(true);
        for (int i = 0; i < 300; i++) {
            byte[] expected = i % 3 == 2 ? new byte[] {(byte) i} : null;
            assertThat(store().find(keys.get(i), NANOS)).isEqualTo(expected);
        }
        Duration settle = Duration.ofSeconds(60);
        assertThat(store().acquire(keys.get(0), new LeaseRequest("L1", settle, LONG, Duration.ofHours(1)), NANOS)
                        .verdict())
                .isEqualTo(Verdict.OLD);
        assertThat(verdict(keys.get(1), "L1")).isEqualTo(Verdict.LEASED);
    }

    private Verdict verdict(EntryKey of, String token) {
        return store().acquire(of, new LeaseRequest(token, Duration.ZERO, LONG, Duration.ofHours(1)), NANOS)
                .verdict();
    }

    @Test
    void steps_oneIsOverlapped_theOthersStoreTheirResults() {
        List<EntryKey> keys = keys(5);
        taken(keys.stream().map(each -> WriteStep.begin(each, "W1")).toList());
        store().begin(keys.get(2), "W2", NANOS);

        assertThat(taken(keys.stream()
                        .map(each -> WriteStep.endWith(each, "W1", Duration.ZERO, entry(NEW)))
                        .toList()))
                .containsExactly(true, true, false, true, true);
        assertThat(store().find(keys.get(2), NANOS)).isNull();
        assertThat(store().find(keys.get(3), NANOS)).isEqualTo(NEW);
    }

    @Test
    void steps_twoWritesOfOneKey_areTwo() {
        taken(List.of(WriteStep.begin(key, "W1"), WriteStep.begin(key, "W2")));
        taken(List.of(WriteStep.end(key, "W1", Outcome.COMMITTED)));
        assertThat(acquire("L1")).isEqualTo(Verdict.FENCED);

        taken(List.of(WriteStep.end(key, "W2", Outcome.COMMITTED)));
        assertThat(acquire("L1")).isEqualTo(Verdict.LEASED);
    }

    // Who hears of changes.

    private NotedHearing hearing() {
        NotedHearing hearing = new NotedHearing(Duration.ofSeconds(5));
        store().hear(Set.of(space.prefix() + ":"), hearing);
        return hearing.awaitBeginning(1);
    }

    /** Does {@code step}, and lets it be heard that it has changed {@code key}. */
    private void changes(Runnable step) {
        changes(hearing(), step);
    }

    private void changes(NotedHearing hearing, Runnable step) {
        hearing.changed().clear();
        step.run();
        hearing.awaitChanged(key.text());
        assertThat(hearing.changed()).containsOnly(key.text());
        assertThat(hearing.endings()).isZero();
        assertThat(hearing.failures()).isEmpty();
    }

    @Test
    void hear_begun_isOfThesePrefixes() {
        assertThat(hearing().prefixes()).containsExactly(space.prefix() + ":");
    }

    @Test
    void hear_valueFilled_isAChange() {
        acquire("L1");

        changes(() -> assertThat(fill("L1", NEW)).isTrue());
    }

    @Test
    void hear_valueThereWhenAWriteBegins_isAChange() {
        store(key, entry(OLD));

        changes(() -> begin("W1"));
    }

    @Test
    void hear_valueThereWhenAWriteEnds_isAChange() {
        begin("W1");
        pass(MAX_TRANSACTION_AGE.plusMillis(50));
        acquire("L1");
        assertThat(fill("L1", OLD)).isTrue();

        changes(() -> end("W1", Outcome.COMMITTED));
    }

    @Test
    void hear_writeEndsWithItsResult_isAChange() {
        begin("W1");

        changes(() -> assertThat(store().endWith(key, "W1", Duration.ZERO, entry(NEW), NANOS))
                .isTrue());
    }

    @Test
    void hear_valueRemoved_isAChange() {
        store(key, entry(OLD));

        changes(() -> store().remove(key, NANOS));
    }

    @Test
    void hear_valueEvicted_isAChange() {
        store(key, entry(OLD));

        changes(() -> store().evict(key, NANOS));
    }

    @Test
    void hear_allEvicted_isAChangeOfEach() {
        EntryKey other = space.key("other");
        store(key, entry(OLD));
        store(other, entry(OLD));
        NotedHearing hearing = hearing();
        store().beginAll(space, "W1", NANOS);

        hearing.awaitChanged(key.text());
        hearing.awaitChanged(other.text());
        store().endAll(space, "W1", Outcome.ROLLED_BACK, NANOS);
    }

    @Test
    void hear_everyStepOnFences_isNoChange() {
        NotedHearing hearing = hearing();
        begin("W1");
        end("W1", Outcome.COMMITTED);
        store().evict(key, NANOS);
        acquire("L1");
        store().release(key, "L1", NANOS);
        store().beginAll(space, "W2", NANOS);
        store().endAll(space, "W2", Outcome.COMMITTED, NANOS);
        assertThat(hearing.changed()).isEmpty();
        acquire("L2");

        changes(hearing, () -> fill("L2", NEW)); // and of nothing else before it
    }

    @Test
    void dropAll_keysOfOtherApplicationsBeginAlike_areLeft() {
        KeySpace shop = KeySpace.of("t" + UUID.randomUUID(), "");
        List<EntryKey> others = List.of(
                KeySpace.of("books", shop.cache()).key("42"),
                KeySpace.of("books", shop.cache()).key("a:b"),
                KeySpace.of("books", shop.cache() + ":eu").key("42"),
                KeySpace.of("books", shop.cache() + ":e.u").key("42"),
                KeySpace.of(ConnectionProfile.CACHE, shop.cache()).key("42"),
                KeySpace.of(ConnectionProfile.CACHE, shop.cache() + ":e.u").key("42"));
        List<EntryKey> own = List.of(shop.key("42"), shop.key("books:42"), shop.key("provider:conn:42"));
        Stream.concat(others.stream(), own.stream()).forEach(each -> store(each, entry(OLD)));

        store().beginAll(shop, "W1", NANOS);
        store().endAll(shop, "W1", Outcome.COMMITTED, NANOS);

        assertThat(own).noneMatch(each -> store().contains(each, NANOS));
        assertThat(others).allMatch(each -> store().contains(each, NANOS));
    }

    @Test
    void hear_otherCacheChanges_isNoChange() {
        EntryKey elsewhere = KeySpace.of("else", space.prefix()).key(Seeds.ARGUMENT);
        EntryKey alike = KeySpace.of(space.prefix() + "1", "").key(Seeds.ARGUMENT);
        store(alike, entry(OLD));
        NotedHearing hearing = hearing();
        store().evict(alike, NANOS);
        assertThat(store().evict(elsewhere, NANOS)).isFalse();
        acquire("L1");

        changes(hearing, () -> fill("L1", NEW));
    }

    @Test
    void hear_textInAnyLanguage_isTheSameKey() {
        key = space.key("zażółć-日本-😀");
        acquire("L1");

        changes(() -> fill("L1", NEW));
    }
}
