package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.json.Provider;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A type that the server's provider of JSON-B would read wrong. */
public class UnusableTypeTest {

    /** Johnzon gives null for an empty note. */
    public record Page(int number, Optional<String> note) {}

    @ApplicationScoped
    static class Pages {

        private int loads;

        @CachedConnection(cache = "pages")
        public Page find(int number) {
            loads++;
            return new Page(number, Optional.empty());
        }

        public int loads() {
            return loads;
        }
    }

    private static int loadsOfTwoLookups(Provider provider) {
        try (RunningContainer container = provider.seen(() -> new RunningContainer(Pages.class))) {
            Pages pages = container.bean(Pages.class);
            assertThat(pages.find(1)).isEqualTo(new Page(1, Optional.empty()));
            assertThat(pages.find(1)).isEqualTo(new Page(1, Optional.empty()));
            CacheStatistics statistics =
                    container.bean(ConnectionCaches.class).statistics().get("pages");
            assertThat(statistics.undecodable()).isZero();
            return pages.loads();
        }
    }

    @Test
    void lookup_typeThatTheProviderReadsWrong_passesTheCacheByAndIsWarnedOf() {
        try (LoggedLines log = new LoggedLines()) {
            assertThat(loadsOfTwoLookups(Provider.JOHNZON)).isEqualTo(2);
            assertThat(log.ids()).contains("CC-0408");
        }
    }

    @Test
    void cache_openedAgainAndAgain_isWarnedOfOnce() {
        try (LoggedLines log = new LoggedLines();
                RunningContainer container = Provider.JOHNZON.seen(() -> new RunningContainer(Pages.class))) {
            ConnectionCaches caches = container.bean(ConnectionCaches.class);
            for (int i = 0; i < 3; i++) {
                caches.cache("leaves", Integer.class, Page.class);
            }

            assertThat(log.warnings().stream().filter(line -> line.contains("CC-0408") && line.contains("leaves")))
                    .hasSize(1);
        }
    }

    @Test
    void lookup_typeThatTheProviderReadsRight_isCached() {
        assertThat(loadsOfTwoLookups(Provider.YASSON)).isEqualTo(1);
    }
}
