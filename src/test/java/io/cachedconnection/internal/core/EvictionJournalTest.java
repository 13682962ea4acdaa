package io.cachedconnection.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionJournalTest {

    private static final KeySpace SPACE = KeySpace.of("c", "");

    private final EvictionJournal journal = new EvictionJournal(3);
    private final List<String> delivered = new ArrayList<>();

    private static CacheKey key(int number) {
        return SPACE.key("" + number);
    }

    private static Change change(Target target) {
        return new Change(target, "W");
    }

    private Reply deliver(Change eviction) {
        delivered.add(eviction.target() instanceof CacheKey key ? key.text() : "all");
        return Reply.YES;
    }

    @Test
    void deliver_oneCannotBe_theOthersAreNotHeldUp() {
        for (int i = 0; i < 3; i++) {
            journal.add(change(key(i)));
        }
        EvictionJournal.Delivery refusing =
                eviction -> eviction.target().equals(key(0)) ? Reply.UNREACHABLE : deliver(eviction);
        journal.deliver(target -> true, refusing);
        assertThat(delivered).isEmpty();
        journal.deliver(target -> true, refusing);

        assertThat(delivered).containsExactly("c:1", "c:2");
        assertThat(journal.concerns(key(0))).isTrue();
        assertThat(journal.concerns(key(1))).isFalse();
        assertThat(journal.pending()).isEqualTo(1);
    }

    @Test
    void add_whileTheSameKeyIsBeingDelivered_isDeliveredOnceMore() {
        journal.add(change(key(1)));
        journal.deliver(target -> true, eviction -> {
            journal.add(change(key(1)));
            return deliver(eviction);
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
            return Reply.UNREACHABLE;
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
}
