package io.cachedconnection.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.near.NearStore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a bounded map has to do, whoever made it. */
public abstract class NearStoreContract {

    private static final int LIMIT = 100;

    private final NearStore<String> store;

    /** Tests the stores that {@code maker} makes. */
    protected NearStoreContract(NearStore.Maker maker) {
        store = maker.holding(LIMIT);
    }

    private long held() {
        return IntStream.range(0, 10 * LIMIT)
                .filter(name -> store.find(name) != null)
                .count();
    }

    private void fill() {
        IntStream.range(0, 10 * LIMIT).forEach(name -> store.put(name, "entry"));
    }

    @Test
    void find_nothingThere_isNull() {
        assertThat(store.find("a")).isNull();
    }

    @Test
    void find_afterPut_isThatEntry() {
        String entry = "entry";
        store.put("a", entry);

        assertThat(store.find("a")).isSameAs(entry);
        assertThat(store.find("b")).isNull();
    }

    @Test
    void put_again_isTheLastOne() {
        store.put("a", "first");
        store.put("a", "second");

        assertThat(store.find("a")).isEqualTo("second");
    }

    @Test
    void put_more_holdsNoMoreThanItMay() {
        fill();

        assertThat(held()).isPositive().isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void limit_less_dropsTheRest() {
        fill();
        store.limit(LIMIT / 2);

        assertThat(held()).isPositive().isLessThanOrEqualTo(LIMIT / 2);
        fill();
        assertThat(held()).isLessThanOrEqualTo(LIMIT / 2);
    }

    @Test
    void limit_more_holdsMore() {
        store.limit(5 * LIMIT);
        fill();

        assertThat(held()).isGreaterThan(LIMIT).isLessThanOrEqualTo(5 * LIMIT);
    }

    @Test
    void removeIf_doomed_dropsThoseOnly() {
        store.put("a", "good");
        store.put("b", "bad");
        store.removeIf("bad"::equals);

        assertThat(store.find("a")).isEqualTo("good");
        assertThat(store.find("b")).isNull();
    }
}
