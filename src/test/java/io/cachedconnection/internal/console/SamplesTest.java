package io.cachedconnection.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.console.Samples.Lines;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.read.Caches;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final int HITS = Samples.OF_CACHE.indexOf("hits");
    private static final int P99 = Samples.OF_CACHE.indexOf("p99");

    private final Caches caches = new Caches(name -> new Cache(name, Settings::cache, new CacheCounters()));
    private final MemoryStore store = new MemoryStore(System::nanoTime, Duration.ofSeconds(30));
    private final Samples samples = new Samples(new Operations(
            "redis",
            new Engine(
                    Settings.ports(store, new NotedEvents(), System::nanoTime),
                    Settings.protocol(Duration.ofSeconds(1), OnFailure.RETRY)),
            caches,
            Settings.ports(store, new NotedEvents(), System::nanoTime).near(),
            store,
            Map::of));

    private void hit(String cache, int times) {
        for (int i = 0; i < times; i++) {
            caches.of(cache).counters().count(Event.HIT);
        }
    }

    @Test
    void lines_ofTwoCaches_addUpInThatOfAll() {
        hit("a", 2);
        samples.run();
        hit("a", 3);
        hit("b", 4);
        samples.run();

        assertThat(samples.ofCache("a", 0).numbers()[HITS]).containsExactly(2, 3);
        assertThat(samples.ofCache("b", 0).numbers()[HITS]).containsExactly(0, 4);
        assertThat(samples.ofCache(null, 0).numbers()[HITS]).containsExactly(2, 7);
        assertThat(samples.ofCache(null, 1).numbers()[HITS]).containsExactly(7);
        assertThat(samples.ofCache("c", 0).numbers()[HITS]).isEmpty();
        assertThat(samples.rates("a", 10)[HITS]).isEqualTo(5 / 4.0);
    }

    @Test
    void lines_moreThanTenMinutes_keepTheLastOnes() {
        for (int i = 0; i < Samples.LENGTH + 5; i++) {
            hit("a", i);
            samples.run();
        }

        Lines lines = samples.ofCache("a", 0);
        assertThat(lines.first()).isEqualTo(5);
        assertThat(lines.numbers()[HITS])
                .hasSize(Samples.LENGTH)
                .startsWith(5, 6)
                .endsWith(Samples.LENGTH + 4);
        assertThat(samples.ofCache("a", Samples.LENGTH + 4).numbers()[HITS]).containsExactly(Samples.LENGTH + 4);
        assertThat(samples.ofCache("a", 9_999).times()).isEmpty();
    }

    @Test
    void times_ofASample_areThoseOfItsLoadsAlone() {
        caches.of("a").counters().count(Event.LOAD);
        caches.of("a").counters().loads().record(TimeUnit.MILLISECONDS.toNanos(40));
        samples.run();
        caches.of("a").counters().loads().record(TimeUnit.MILLISECONDS.toNanos(4));
        samples.run();
        samples.run();

        assertThat(samples.ofCache("a", 0).numbers()[P99]).containsExactly(50_000, 5_000, 0);
        assertThat(samples.ofCache(null, 0).numbers()[P99]).containsExactly(50_000, 5_000, 0);
    }

    @Test
    void lines_of2000Caches_areOfTheFirst500AndTakeLittleTime() {
        for (int i = 0; i < 2_000; i++) {
            hit("c" + i, 1);
        }
        samples.run();
        long start = System.nanoTime();
        samples.run();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        long lines = caches.all().keySet().stream()
                .filter(name -> samples.ofCache(name, 0).numbers()[HITS].length > 0)
                .count();
        assertThat(lines).isEqualTo(500);
        assertThat(Arrays.stream(samples.ofCache(null, 0).numbers()[HITS]).sum())
                .isEqualTo(2_000);
    }
}
