package io.cachedconnection.internal.engine.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Invalidation;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EvictionJournalTest {

    private static final KeySpace SPACE = KeySpace.of("c", "");

    private final EvictionJournal journal = new EvictionJournal(3);
    private final List<String> delivered = new ArrayList<>();

    private static EntryKey key(int number) {
        return SPACE.key("" + number);
    }

    private static Invalidation change(Target target) {
        return new Invalidation(target, "W");
    }

    private List<Ack> deliver(List<Invalidation> evictions) {
        return deliver(evictions, Set.of());
    }

    private List<Ack> deliver(List<Invalidation> evictions, Set<Target> refused) {
        List<Ack> replies = new ArrayList<>();
        for (Invalidation eviction : evictions) {
            if (refused.contains(eviction.target())) {
                replies.add(Ack.UNREACHABLE);
            } else {
                delivered.add(eviction.target() instanceof EntryKey key ? key.text() : "all");
                replies.add(Ack.YES);
            }
        }
        return replies;
    }

    @Test
    void deliver_oneCannotBe_theOthersAreNotHeldUp() {
        for (int i = 0; i < 3; i++) {
            journal.add(change(key(i)));
        }
        journal.deliver(target -> true, evictions -> deliver(evictions, Set.of(key(0))));

        assertThat(delivered).containsExactly("c:1", "c:2");
        assertThat(journal.concerns(key(0))).isTrue();
        assertThat(journal.concerns(key(1))).isFalse();
        assertThat(journal.pending()).isEqualTo(1);
    }

    /** Five thousand of them, one by one, kept lookups away for a quarter of a minute. */
    @Test
    void deliver_many_goTogether() {
        EvictionJournal large = new EvictionJournal(1000);
        for (int i = 0; i < 300; i++) {
            large.add(change(key(i)));
        }
        List<Integer> sizes = new ArrayList<>();
        large.deliver(target -> true, evictions -> {
            sizes.add(evictions.size());
            return deliver(evictions);
        });

        assertThat(sizes).containsExactly(128, 128, 44);
        assertThat(delivered).doesNotHaveDuplicates().hasSize(300);
        assertThat(large.pending()).isZero();
    }

    @Test
    void add_whileTheSameKeyIsBeingDelivered_isDeliveredOnceMore() {
        journal.add(change(key(1)));
        journal.deliver(target -> true, evictions -> {
            journal.add(change(key(1)));
            return deliver(evictions);
        });
        assertThat(journal.concerns(key(1))).isTrue();
        journal.deliver(target -> true, this::deliver);

        assertThat(delivered).containsExactly("c:1", "c:1");
        assertThat(journal.pending()).isZero();
    }

    @Test
    void deliver_whileAnotherDeliveryHangs_triesThatOneToo() {
        journal.add(change(key(1)));
        journal.deliver(target -> true, hanging -> {
            journal.deliver(target -> true, this::deliver); // as at the end of the application
            return List.of(Ack.UNREACHABLE);
        });

        assertThat(delivered).containsExactly("c:1");
        assertThat(journal.pending()).isZero();
        journal.add(change(key(1)));
        journal.deliver(target -> true, this::deliver);
        assertThat(delivered).containsExactly("c:1", "c:1");
    }

    @Test
    void add_sameKeyManyTimes_isOneEviction() {
        for (int i = 0; i < 100; i++) {
            journal.add(change(key(1)));
        }
        journal.deliver(target -> true, this::deliver);

        assertThat(delivered).containsExactly("c:1");
    }

    @Test
    void add_full_becomesAnEvictionOfTheCacheAndStaysBounded() {
        for (int i = 0; i < 100; i++) {
            journal.add(change(key(i)));
        }
        assertThat(journal.pending()).isLessThanOrEqualTo(4);
        assertThat(journal.concerns(key(50))).isTrue();
        journal.deliver(target -> true, this::deliver);

        assertThat(delivered).contains("all").hasSizeLessThanOrEqualTo(4);
        assertThat(journal.concerns(key(50))).isFalse();
    }

    /** What is added in the moment in which an earlier eviction of the same has been delivered is delivered by the next round. */
    @Test
    void add_whileTheSameIsDelivered_isDeliveredLater() throws Exception {
        race(2_000);
    }

    @Test
    @Tag("proof")
    void add_whileTheSameIsDelivered_isDeliveredLaterEachTime() throws Exception {
        race(20_000);
    }

    private void race(int rounds) throws Exception {
        for (int round = 0; round < rounds && journal.pending() == 0; round++) {
            journal.add(change(key(1)));
            Thread adds = new Thread(() -> journal.add(change(key(1))));
            adds.start();
            journal.deliver(target -> true, evictions -> Collections.nCopies(evictions.size(), Ack.YES));
            adds.join();
            journal.deliver(target -> true, evictions -> Collections.nCopies(evictions.size(), Ack.YES));
        }
        assertThat(journal.pending()).isZero();
    }
}
