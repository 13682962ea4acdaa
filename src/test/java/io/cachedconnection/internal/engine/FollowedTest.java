package io.cachedconnection.internal.engine;

import static io.cachedconnection.internal.engine.Node.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.EngineEvents.Detail;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.Tracing;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.testing.ChaosStore;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the engine tells of its work while it does it, and of single lookups. */
class FollowedTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private volatile Detail detail = Detail.ALL;
    private final NotedEvents events = new NotedEvents() {
        @Override
        public Detail followed() {
            return detail;
        }

        @Override
        public void lookedUp(EntryKey key, String trail, long nanos) {
            assertThat(nanos).isNotNegative();
            told.add(trail);
        }
    };
    private final Tracing tracing = new Tracing() {
        @Override
        public Step begin(Work work, @Nullable String cache) {
            String name = work.name().toLowerCase(Locale.ROOT);
            steps.add(name + " " + cache);
            return new Step() {
                @Override
                public void result(String result) {
                    steps.add(result);
                }

                @Override
                public void failed(Throwable failure) {
                    steps.add(failure.getClass().getSimpleName());
                }

                @Override
                public void refused(String reason) {
                    steps.add(reason);
                }

                @Override
                public void close() {
                    steps.add("/" + name);
                }
            };
        }
    };
    private final ChaosStore store = new ChaosStore(new MemoryStore(System::nanoTime, Duration.ofSeconds(30)));
    private final CacheBinding<String> binding = new CacheBinding<>(
            new Cache("c", Settings::cache, new CacheCounters()),
            new TextCodec(),
            EntryFormat.none(),
            TtlChoice.annotated(null));
    private final Engine engine = new Engine(
            new Ports(
                    store,
                    Settings.nothingNear(),
                    events,
                    TransactionScope.none(),
                    System::nanoTime,
                    () -> 1,
                    new Tokens()::next,
                    Sleeper.sleeping(),
                    tracing),
            Settings.protocol(Duration.ofMillis(100)));
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);

    @AfterEach
    void close() {
        clock.shutdownNow();
    }

    private void read() throws Exception {
        engine.read(binding, KEY, () -> "a");
    }

    /** Lets the engine ask what it is to tell. */
    private void start() throws Exception {
        engine.recoverOn(clock);
        clock.submit(() -> {}).get();
    }

    @Test
    void read_isTold() throws Exception {
        start();
        read();
        read();

        assertThat(told).containsExactly("miss, load, load_stored", "hit");
    }

    @Test
    void read_onlyLoadsAreWanted_hitsAreNotTold() throws Exception {
        detail = Detail.LOADS;
        start();
        read();
        read();

        assertThat(told).containsExactly("miss, load, load_stored");
    }

    @Test
    void read_nothingIsWanted_nothingIsTold() throws Exception {
        detail = Detail.NONE;
        start();
        read();

        assertThat(told).isEmpty();
    }

    @Test
    void read_isTraced() throws Exception {
        read();
        read();

        assertThat(steps)
                .containsExactly(
                        "lookup c",
                        "miss",
                        "load c",
                        "/load",
                        "/lookup", // the first one
                        "lookup c",
                        "hit",
                        "/lookup");
    }

    @Test
    void read_throws_isTracedAsFailed() {
        assertThatThrownBy(() -> engine.read(binding, KEY, () -> {
                    throw new IOException();
                }))
                .isInstanceOf(IOException.class);

        assertThat(steps).containsExactly("lookup c", "miss", "load c", "IOException", "/load", "/lookup");
    }

    @Test
    void read_redisIsAway_isNoFailureOfTheLookup() throws Exception {
        store.fail(Reason.CONNECTION);
        read();

        assertThat(steps).containsExactly("lookup c", "unreachable", "load c", "/load", "/lookup");
    }

    @Test
    void write_isTraced() throws Exception {
        engine.write(List.of(KEY), changes -> {
            steps.add("work");
            return null;
        });

        assertThat(steps).containsExactly("announce c", "/announce", "work", "evict c", "/evict");
    }

    @Test
    void writeOfAWholeCache_isTracedAsAClear() throws Exception {
        engine.write(List.of(KEY.space().all()), changes -> {
            steps.add("work");
            return null;
        });

        assertThat(steps).containsExactly("announce c", "/announce", "work", "clear c", "/clear");
    }

    @Test
    void writeOfAKeyAndOfAWholeCache_isTracedAsAnEviction() throws Exception {
        engine.write(List.of(KEY, KeySpace.of("other", "")), changes -> null);

        assertThat(steps).containsExactly("announce null", "/announce", "evict null", "/evict");
    }

    @Test
    void putAndClear_areTraced() {
        engine.put(binding, KEY, "a");
        engine.evict(KEY.space());

        assertThat(steps).containsExactly("put c", "/put", "clear c", "/clear");
    }

    @Test
    void write_redisIsAway_tellsThat() throws Exception {
        store.fail(Reason.CONNECTION);
        engine.write(List.of(KEY), changes -> null);

        assertThat(steps).containsExactly("announce c", "unreachable", "/announce", "evict c", "unreachable", "/evict");
    }
}
