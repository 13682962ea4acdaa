package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CacheStatistics;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.PutConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that cannot be stored, among others that can. */
class RefusedListsTest {

    private static final List<String> ODD = List.of("\uD800"); // half a character

    @ApplicationScoped
    static class Lists {

        @CachedConnection(cache = "lists")
        public List<String> find(int id) {
            return id < 0 ? ODD : List.of("a" + id);
        }

        @CachedConnection(cache = "others")
        public List<String> other(int id) {
            return List.of("b" + id);
        }

        @PutConnection(cache = "lists")
        public List<String> save(@CacheKey int id, boolean odd) {
            return odd ? ODD : List.of("c" + id);
        }
    }

    private final RunningContainer container = new RunningContainer(Lists.class, TransactionsTest.Registry.class);
    private final Lists lists = container.bean(Lists.class);

    @AfterEach
    void close() {
        container.close();
    }

    private CacheStatistics statistics(String cache) {
        return container.bean(ConnectionCaches.class).statistics().get(cache);
    }

    @Test
    void lookup_afterManyRefused_answersWhatIsStored() {
        lists.find(1);
        lists.find(2);
        lists.other(1);
        IntStream.rangeClosed(1, 40).forEach(i -> assertThat(lists.find(-i)).isSameAs(ODD));
        CacheStatistics before = statistics("lists");

        for (int i = 0; i < 5; i++) {
            assertThat(lists.find(1)).containsExactly("a1");
            assertThat(lists.find(2)).containsExactly("a2");
            assertThat(lists.other(1)).containsExactly("b1");
        }
        assertThat(statistics("lists").hits() - before.hits()).isEqualTo(10);
        assertThat(statistics("lists").loads()).isEqualTo(before.loads());
        assertThat(statistics("others").hits()).isEqualTo(5);

        lists.other(2);
        assertThat(container.stored("others:2")).isNotNull();
    }

    @Test
    void put_afterManyRefusedLookups_isTriedForItself() {
        IntStream.rangeClosed(1, 40).forEach(i -> lists.find(-i));

        lists.save(1, false);

        assertThat(container.stored("lists:1")).contains("c1");
    }

    @Test
    void put_refused_namesTheWrite() {
        try (LoggedLines log = new LoggedLines()) {
            assertThat(lists.save(1, true)).isSameAs(ODD);

            assertThat(container.stored("lists:1")).isNull();
            assertThat(log.warnings()).singleElement().asString().contains("CC-0402", "Lists.save(int, boolean)");
        }
    }

    @Test
    void programmatic_openedAgainForEachLookup_restsAllTheSame() throws Exception {
        try (LoggedLines log = new LoggedLines()) {
            for (int i = 0; i < 40; i++) {
                assertThat(opened().get("odd", () -> "\uD800")).isEqualTo("\uD800");
            }
            opened().get("good", () -> "a");

            assertThat(container.stored("texts:good")).isNull();
            assertThat(log.warnings()).singleElement().asString().contains("CC-0402", "cache(\"texts\")");
        }
    }

    private ConnectionCache<String, String> opened() {
        return container.bean(ConnectionCaches.class).cache("texts", String.class, String.class);
    }
}
