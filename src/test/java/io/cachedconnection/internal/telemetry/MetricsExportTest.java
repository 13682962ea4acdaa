package io.cachedconnection.internal.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.common.Histogram;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.Caches;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a library of metrics is told of histograms. */
class MetricsExportTest {

    private final MemoryStore store = new MemoryStore(System::nanoTime, Duration.ofSeconds(30));
    private final Caches caches = new Caches(name -> new Cache(name, Settings::cache, new CacheCounters()));
    private final Operations operations = new Operations(
            "memory",
            new Engine(
                    Settings.ports(store, new NotedEvents(), System::nanoTime),
                    Settings.protocol(Duration.ofSeconds(5))),
            caches,
            Settings.nothingNear(),
            store,
            Map::of);

    /** A library that keeps what it is told, in histograms of the same bounds. */
    private static final class Told implements MetricsSink {

        private final Histogram sizes = Histogram.ofSizes();
        private final CountDownLatch closed = new CountDownLatch(1);
        private int failures; // so often it throws first

        @Override
        public String name() {
            return "told";
        }

        @Override
        public boolean open(String application, Operations operations) {
            return true;
        }

        @Override
        public void refresh() {
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("not yet");
            }
        }

        @Override
        public Recorder recorder(Metric histogram, List<@Nullable String> attributes) {
            assertThat(histogram.name()).isEqualTo("cachedconnection.entry.size");
            assertThat(attributes).containsExactly("books");
            return value -> sizes.record(Math.round(value));
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void histogram_ofManyRounds_hasTheCountOfEachBucketAndTheSum() {
        Told told = new Told();
        told.failures = 3;
        Histogram sizes = caches.of("books").counters().sizes();
        MetricsExport export = MetricsExport.started(told, "shop", operations, Duration.ofNanos(100_000));
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            sizes.record((long) Math.exp(random.nextDouble() * 17));
        }
        export.close(Duration.ofSeconds(5));

        assertThat(told.closed.getCount()).isZero();
        assertThat(told.sizes.snapshot().counts()).isEqualTo(sizes.snapshot().counts());
        long error = Math.abs(told.sizes.snapshot().sum() - sizes.snapshot().sum());
        assertThat(error).isLessThan(sizes.snapshot().sum() / 1_000); // of the last round's division
    }

    @Test
    void histogram_nothingNew_isToldNothing() throws Exception {
        Told told = new Told();
        caches.of("books").counters().sizes().record(100);
        MetricsExport export = MetricsExport.started(told, "shop", operations, Duration.ofNanos(100_000));
        while (told.sizes.snapshot().count() == 0) {
            Thread.onSpinWait();
        }
        Thread.sleep(20); // many rounds
        export.close(Duration.ofSeconds(5));

        assertThat(told.sizes.snapshot().count()).isEqualTo(1);
        assertThat(told.sizes.snapshot().sum()).isEqualTo(100);
    }
}
