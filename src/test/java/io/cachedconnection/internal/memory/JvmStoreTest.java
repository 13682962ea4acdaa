package io.cachedconnection.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.RemoteStoreContract;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.testing.NotedHearing;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The store of {@code memory:} as applications have it: the contract, its bounds, and what becomes of the fences that have to go. */
class JvmStoreTest extends RemoteStoreContract {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - SECOND.toNanos()); // it overflows before the first step
    private final JvmMemory memory = new JvmMemory(now::get, now.get(), 0);
    private final JvmStore store = new JvmStore(memory, () -> {}, MAX_TRANSACTION_AGE, MAX_TRANSACTION_AGE);
    private final KeySpace books = KeySpace.of("books", "shop");
    private final EntryKey key = books.key("1");

    JvmStoreTest() {
        pass(LONG); // so that no settle reaches back to the beginning, but the longest
    }

    @Override
    protected RemoteStore store() {
        return store;
    }

    @Override
    protected void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private Verdict acquire(EntryKey of, Duration settle) {
        return store.acquire(of, new LeaseRequest("L", settle, LONG, LONG), NANOS)
                .verdict();
    }

    private boolean fill(EntryKey of, byte[] payload) {
        return store.fill(of, "L", new StoredEntry(payload, LONG), NANOS);
    }

    private void filled(EntryKey of, int bytes) {
        assertThat(acquire(of, Duration.ZERO)).isEqualTo(Verdict.LEASED);
        assertThat(fill(of, new byte[bytes])).isTrue();
    }

    private void crowd(int fences) {
        for (int i = 0; i < fences; i++) {
            store.evict(books.key("crowd" + i), NANOS);
        }
    }

    @Test
    void acquire_memoryYoungerThanTheSnapshot_mayNotFill() {
        JvmStore young =
                new JvmStore(new JvmMemory(now::get, now.get(), 0), () -> {}, MAX_TRANSACTION_AGE, MAX_TRANSACTION_AGE);

        assertThat(young.acquire(key, new LeaseRequest("L", SECOND, LONG, LONG), NANOS)
                        .verdict())
                .isEqualTo(Verdict.OLD);
        pass(SECOND.plusNanos(1));
        assertThat(young.acquire(key, new LeaseRequest("L", SECOND, LONG, LONG), NANOS)
                        .verdict())
                .isEqualTo(Verdict.LEASED);
    }

    @Test
    void entries_tooMany_theOneUnusedForLongestGoes() {
        filled(key, 1);
        filled(books.key("2"), 1);
        for (int i = 2; i < JvmMemory.MOST_ENTRIES; i++) {
            filled(books.key("more" + i), 1);
        }
        assertThat(store.find(key, NANOS)).isNotNull();

        filled(books.key("3"), 1);

        assertThat(memory.entries).hasSize(JvmMemory.MOST_ENTRIES);
        assertThat(store.find(key, NANOS)).isNotNull();
        assertThat(store.find(books.key("2"), NANOS)).isNull();
    }

    @Test
    void entries_tooLarge_theOldestGo() {
        for (int i = 0; i < 100; i++) {
            filled(books.key("large" + i), 1 << 20);
        }

        assertThat(memory.entries.values().stream()
                        .mapToLong(each -> each.payload().length)
                        .sum())
                .isBetween(JvmMemory.MOST_BYTES - (1 << 21), JvmMemory.MOST_BYTES);
        assertThat(store.find(books.key("large99"), NANOS)).isNotNull();
        assertThat(store.find(books.key("large0"), NANOS)).isNull();

        store.beginAll(books, "W", NANOS);
        store.endAll(books, "W", Outcome.COMMITTED, NANOS);
        for (int i = 0; i < 63; i++) { // the bytes that went are counted no more
            filled(books.key("large" + i), 1 << 20);
        }
        assertThat(store.find(books.key("large0"), NANOS)).isNotNull();
    }

    /** Who keeps it near would not hear of its eviction, for there is nothing left to evict. */
    @Test
    void entry_hasToGo_isAChange() {
        filled(key, 1);
        NotedHearing hearing = new NotedHearing(Duration.ofSeconds(5));
        store.hear(Set.of(key.text()), hearing);
        for (int i = 0; i < JvmMemory.MOST_ENTRIES; i++) {
            filled(books.key("more" + i), 1);
        }

        assertThat(hearing.changed()).containsExactly(key.text());
    }

    @Test
    void revive_someAreOver_givesTheirMemoryBack() {
        store.begin(key, "W", NANOS);
        pass(Duration.ofMillis(1));
        store.endWith(key, "W", Duration.ZERO, new StoredEntry(new byte[] {1}, SECOND), NANOS);
        pass(Duration.ofMinutes(1));
        assertThat(memory.entries).isNotEmpty();
        assertThat(memory.fences).isNotEmpty();

        store.revive(NANOS);

        assertThat(memory.entries).isEmpty();
        assertThat(memory.fences).isEmpty();
    }

    @Test
    void fences_tooMany_areBounded() {
        crowd(JvmMemory.MOST_FENCES + 1);

        assertThat(memory.fences.size()).isLessThan(JvmMemory.MOST_FENCES);
    }

    @Test
    void fence_ofAnEvictionHasToGo_mayStillNotBeFilledFromAnOldSnapshot() {
        store.evict(key, NANOS);
        crowd(JvmMemory.MOST_FENCES);
        pass(Duration.ofMillis(1500));
        assertThat(memory.fences).doesNotContainKey(key.fence());

        assertThat(acquire(key, Duration.ofSeconds(2))).isEqualTo(Verdict.OLD);
        assertThat(acquire(key, SECOND)).isEqualTo(Verdict.LEASED);
    }

    @Test
    void fence_ofALeaseHasToGo_isNotFilled() {
        assertThat(acquire(key, Duration.ZERO)).isEqualTo(Verdict.LEASED);
        crowd(JvmMemory.MOST_FENCES);
        assertThat(memory.fences).doesNotContainKey(key.fence());

        assertThat(fill(key, new byte[] {1})).isFalse();
    }

    @Test
    void fence_ofAWriteHasToGo_nothingIsFilledUntilItsDeadline() {
        for (int i = 0; i <= JvmMemory.MOST_FENCES; i++) {
            store.begin(books.key("written" + i), "W" + i, NANOS);
        }
        EntryKey first = books.key("written0");
        assertThat(memory.fences).doesNotContainKey(first.fence());

        assertThat(acquire(first, Duration.ZERO)).isEqualTo(Verdict.FENCED);
        assertThat(acquire(key, Duration.ZERO)).isEqualTo(Verdict.FENCED);
        store.begin(key, "W", NANOS);
        pass(Duration.ofMillis(1));
        assertThat(store.endWith(key, "W", Duration.ZERO, new StoredEntry(new byte[] {1}, LONG), NANOS))
                .isFalse();
        pass(MAX_TRANSACTION_AGE);

        assertThat(acquire(first, SECOND)).isEqualTo(Verdict.OLD); // its writer may have committed, and died
        assertThat(acquire(first, Duration.ZERO)).isEqualTo(Verdict.LEASED);
    }

    @Test
    void endWith_fenceOfItsTagHadToGo_leavesNothing() {
        EntryKey tag = KeySpace.ofTags("shop", KeyNames.clear()).key("customer:1");
        store.begin(key, "W", NANOS);
        pass(Duration.ofMillis(1));
        store.evict(tag, NANOS);
        assertThat(memory.fences).containsKey(tag.fence());
        for (int i = 0; i < JvmMemory.MOST_FENCES; i++) {
            store.evict(books.key("crowd" + i), NANOS);
            store.contains(key, NANOS);
        }
        assertThat(memory.fences).doesNotContainKey(tag.fence()).containsKey(key.fence());

        assertThat(store.endWith(key, "W", Duration.ZERO, new StoredEntry(new byte[] {1}, LONG), NANOS))
                .isFalse();
    }

    @Test
    void begin_thousandsOfWritesOfOneKey_areBoundedAndFence() {
        for (int i = 0; i < 10 * JvmMemory.MOST_WRITERS; i++) {
            store.begin(key, "W" + i, NANOS);
        }
        assertThat(memory.fences.get(key.fence()).writers.size()).isLessThanOrEqualTo(JvmMemory.MOST_WRITERS);
        for (int i = 0; i < 10 * JvmMemory.MOST_WRITERS; i++) {
            store.end(key, "W" + i, Outcome.ROLLED_BACK, NANOS);
        }

        assertThat(acquire(key, Duration.ZERO)).isEqualTo(Verdict.FENCED);
        pass(MAX_TRANSACTION_AGE.plusMillis(50));
        assertThat(acquire(key, Duration.ZERO)).isEqualTo(Verdict.LEASED);
    }

    @Test
    void of_sameName_isOneMemoryUntilTheLastIsClosed() {
        JvmStore one = JvmStore.of("of_sameName", MAX_TRANSACTION_AGE, MAX_TRANSACTION_AGE);
        JvmStore two = JvmStore.of("of_sameName", MAX_TRANSACTION_AGE, MAX_TRANSACTION_AGE);
        one.acquire(key, new LeaseRequest("L", Duration.ZERO, LONG, LONG), NANOS);
        assertThat(two.fill(key, "L", new StoredEntry(new byte[] {1}, LONG), NANOS))
                .isTrue();
        assertThat(one.find(key, NANOS)).containsExactly(1);
        one.close();
        one.close(); // counts once

        JvmStore three = JvmStore.of("of_sameName", MAX_TRANSACTION_AGE, MAX_TRANSACTION_AGE);
        assertThat(three.find(key, NANOS)).containsExactly(1);
        two.close();
        three.close();
        try (JvmStore four = JvmStore.of("of_sameName", MAX_TRANSACTION_AGE, MAX_TRANSACTION_AGE)) {
            assertThat(four.find(key, NANOS)).isNull();
        }
    }

    @Test
    void of_otherNameOrNone_isAnotherMemory() {
        try (JvmStore one = JvmStore.of("one", MAX_TRANSACTION_AGE, MAX_TRANSACTION_AGE);
                JvmStore two = JvmStore.of("two", MAX_TRANSACTION_AGE, MAX_TRANSACTION_AGE);
                JvmStore three = JvmStore.of("", MAX_TRANSACTION_AGE, MAX_TRANSACTION_AGE);
                JvmStore four = JvmStore.of("", MAX_TRANSACTION_AGE, MAX_TRANSACTION_AGE)) {
            one.acquire(key, new LeaseRequest("L", Duration.ZERO, LONG, LONG), NANOS);
            one.fill(key, "L", new StoredEntry(new byte[] {1}, LONG), NANOS);
            three.acquire(key, new LeaseRequest("L", Duration.ZERO, LONG, LONG), NANOS);
            three.fill(key, "L", new StoredEntry(new byte[] {3}, LONG), NANOS);

            assertThat(one.find(key, NANOS)).containsExactly(1);
            assertThat(two.find(key, NANOS)).isNull();
            assertThat(four.find(key, NANOS)).isNull();
        }
    }

    @Test
    void close_heard_isLostAndHeardNoMore() {
        NotedHearing hearing = new NotedHearing(Duration.ofSeconds(5));
        JvmStore one = new JvmStore(memory, () -> {}, MAX_TRANSACTION_AGE, MAX_TRANSACTION_AGE);
        one.hear(Set.of("shop:"), hearing);
        one.close();
        one.hear(Set.of("shop:"), hearing); // by a task that was late
        filled(key, 1);

        assertThat(hearing.changed()).isEmpty();
        assertThat(hearing.endings()).isEqualTo(1);
        assertThat(hearing.isHeard()).isFalse();
    }
}
