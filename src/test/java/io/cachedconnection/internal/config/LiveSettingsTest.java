package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.FakeTime;
import io.cachedconnection.internal.engine.store.CacheSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LiveSettingsTest {

    private final MapConfig config = MapConfig.of();
    private final LiveSettings live = new SettingsReader(config).live(new FakeTime());

    @Test
    void renew_ofAllCaches_hasEachReadAgain() {
        List<Supplier<CacheSettings>> caches = List.of(live.of("users"), live.of("books"));
        config.set("cached-connection.near.max-entries", "7");
        config.set("cached-connection.near.max-staleness", "PT0.1S");

        live.renew();

        assertThat(caches).allSatisfy(cache -> {
            assertThat(cache.get().near().maxEntries()).isEqualTo(7);
            assertThat(cache.get().near().maxStaleness()).isEqualTo(Duration.ofMillis(100));
        });
    }

    @Test
    void renewOn_aClock_renewsEveryTwoSeconds() {
        Supplier<CacheSettings> cache = live.of("users");
        config.set("cached-connection.near.max-entries", "7");
        HandClock clock = new HandClock();
        live.renewOn(clock);

        assertThat(clock.periods).isEqualTo("2 2 SECONDS");
        clock.round.run();

        assertThat(cache.get().near().maxEntries()).isEqualTo(7);
    }

    /** A clock whose only task is run by the test. */
    private static final class HandClock extends ScheduledThreadPoolExecutor {

        private Runnable round = () -> {};
        private String periods = "";

        HandClock() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            round = task;
            periods = first + " " + delay + " " + unit;
            return super.schedule(() -> {}, 0, unit); // never run: there is no thread
        }
    }
}
