package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cachedconnection.ConnectionCaches;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A metrics library that throws or blocks slows no lookup, and the application starts and ends all the same. */
class MetricsFaultsTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static OpenTelemetry proxied(InvocationHandler handler) {
        return (OpenTelemetry) Proxy.newProxyInstance(
                MetricsFaultsTest.class.getClassLoader(), new Class<?>[] {OpenTelemetry.class}, handler);
    }

    /** Makes an SDK that throws in every call. */
    @ApplicationScoped
    static class Throwing {
        @Produces
        OpenTelemetry openTelemetry() {
            return proxied((proxy, method, arguments) -> {
                throw new NoSuchMethodError("secret of the library");
            });
        }
    }

    /** Makes an SDK that does not return. */
    @ApplicationScoped
    static class Blocking {

        static final AtomicInteger INTERRUPTIONS = new AtomicInteger();
        static final CountDownLatch ARRIVED = new CountDownLatch(1);

        @Produces
        OpenTelemetry openTelemetry() {
            return proxied((proxy, method, arguments) -> {
                ARRIVED.countDown();
                while (true) {
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        INTERRUPTIONS.incrementAndGet(); // it is deaf, too
                    }
                }
            });
        }
    }

    /** Fails to make an SDK. */
    @ApplicationScoped
    static class Failing {
        @Produces
        OpenTelemetry openTelemetry() {
            throw new IllegalStateException("secret of the library");
        }
    }

    /** Makes an SDK that works on the thread that starts the application, and throws on others. */
    @ApplicationScoped
    static class OfOneThread {

        static final InMemoryMetricReader READER = InMemoryMetricReader.create();
        static final OpenTelemetrySdk SDK = OpenTelemetrySdk.builder()
                .setMeterProvider(
                        SdkMeterProvider.builder().registerMetricReader(READER).build())
                .build();

        @Produces
        OpenTelemetry openTelemetry() {
            Thread starter = Thread.currentThread();
            return proxied((proxy, method, arguments) -> {
                if (Thread.currentThread() != starter) {
                    throw new NullPointerException("no application");
                }
                return method.invoke(SDK, arguments);
            });
        }
    }

    /** Makes a disabled SDK, which throws on other threads than the one that starts the application. */
    @ApplicationScoped
    static class DisabledOfOneThread {
        @Produces
        OpenTelemetry openTelemetry() {
            Thread starter = Thread.currentThread();
            return proxied((proxy, method, arguments) -> {
                if (Thread.currentThread() != starter) {
                    throw new NullPointerException("no application");
                }
                return method.invoke(OpenTelemetry.noop(), arguments);
            });
        }
    }

    /** Makes two. */
    @ApplicationScoped
    static class Twice {
        @Produces
        OpenTelemetry first() {
            return OpenTelemetry.noop();
        }

        @Produces
        OpenTelemetry second() {
            return OpenTelemetry.noop();
        }
    }

    /** Makes one of Micrometer. */
    @ApplicationScoped
    static class Registry {

        static final MeterRegistry REGISTRY = new SimpleMeterRegistry();

        @Produces
        @ApplicationScoped
        MeterRegistry registry() {
            return REGISTRY;
        }
    }

    /** Makes one that works. */
    @ApplicationScoped
    static class Working {
        @Produces
        OpenTelemetry openTelemetry() {
            return OpenTelemetrySdk.builder()
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(InMemoryMetricReader.create())
                            .build())
                    .build();
        }
    }

    private static RunningContainer started(Map<String, String> settings, Class<?>... beans) {
        return new RunningContainer("t" + System.nanoTime(), settings, beans);
    }

    /** What is said of metrics from the start of an application to its end, in which all is used. */
    private static String said(Map<String, String> settings, Class<?>... beans) {
        try (LoggedLines log = new LoggedLines()) {
            RunningContainer container = started(settings, beans);
            Gauged.use(container.bean(Gauged.class));
            assertThat(container
                            .bean(ConnectionCaches.class)
                            .statistics()
                            .get("gauged")
                            .hits())
                    .isPositive();
            long start = System.nanoTime();
            container.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            return String.join(
                    "\n",
                    log.warnings().stream()
                            .filter(line -> line.startsWith("CC-046"))
                            .toList());
        }
    }

    @Test
    void lookups_sdkThrowsInEveryCall_goOnWithOneWarning() {
        assertThat(said(Map.of(), Gauged.class, Throwing.class))
                .contains("CC-0461", "OpenTelemetry", "NoSuchMethodError")
                .hasLineCount(1)
                .doesNotContain("secret");
    }

    @Test
    void lookups_sdkBlocksForEver_goOnAndTheApplicationEnds() throws Exception {
        assertThat(said(Map.of(), Gauged.class, Blocking.class)).isEmpty();
        assertThat(Blocking.ARRIVED.getCount()).isZero();
    }

    @Test
    void metrics_sdkRefusesOtherThreads_areShownAllTheSame() {
        assertThat(said(Map.of(), Gauged.class, OfOneThread.class)).isEmpty();
        assertThat(OfOneThread.READER.collectAllMetrics())
                .extracting(MetricData::getName)
                .contains("cachedconnection.load.duration");
    }

    @Test
    void metrics_disabledSdkRefusesOtherThreads_saysNothing() {
        assertThat(said(Map.of(), Gauged.class, DisabledOfOneThread.class)).isEmpty();
    }

    @Test
    void start_producerThrows_goesOnWithOneWarning() {
        assertThat(said(Map.of(), Gauged.class, Failing.class))
                .contains("CC-0461", "OpenTelemetry", "IllegalStateException")
                .hasLineCount(1)
                .doesNotContain("secret");
    }

    @Test
    void start_severalBeans_saysSo() {
        assertThat(said(Map.of(), Gauged.class, Twice.class))
                .contains("CC-0462", "io.opentelemetry.api.OpenTelemetry")
                .hasLineCount(1);
    }

    @Test
    void start_chosenLibraryIsNotThere_saysSo() {
        assertThat(said(Map.of("telemetry.metrics", "OPENTELEMETRY"), Gauged.class))
                .contains("CC-0460", "OPENTELEMETRY")
                .hasLineCount(1);
        assertThat(said(Map.of("telemetry.metrics", "MICROMETER"), Gauged.class, Working.class))
                .contains("CC-0460", "MeterRegistry")
                .hasLineCount(1);
        assertThat(said(Map.of(), Gauged.class)).isEmpty();
    }

    /** OpenTelemetry, if both are there and nothing is chosen. */
    @Test
    void micrometer_whereItIsChosenOrAlone_getsTheMetrics() {
        for (Map<String, String> settings :
                List.of(Map.<String, String>of(), Map.of("telemetry.metrics", "MICROMETER"))) {
            boolean isChosen = !settings.isEmpty();
            try (RunningContainer container = started(settings, Gauged.class, Registry.class, Working.class)) {
                container.bean(Gauged.class).find(1, 1);
                assertThat(isShown(isChosen)).isEqualTo(isChosen);
            }
        }
        try (RunningContainer container = started(Map.of(), Gauged.class, Registry.class)) {
            container.bean(Gauged.class).find(1, 1);
            assertThat(isShown(true)).isTrue();
        }
        assertThat(isShown(false)).isFalse();
        try (RunningContainer container = started(Map.of("telemetry.metrics", "NONE"), Gauged.class, Registry.class)) {
            container.bean(Gauged.class).find(1, 1);
            assertThat(isShown(false)).isFalse();
        }
    }

    /** Whether the registry has ours; waits for them if they are expected. */
    private static boolean isShown(boolean isExpected) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (isExpected && Registry.REGISTRY.getMeters().isEmpty() && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return !Registry.REGISTRY.getMeters().isEmpty();
    }

    /** A lookup only counts for metrics, whether they go anywhere or not. */
    @Test
    void nearHit_withMetrics_makesNoObjectMore() {
        try (RunningContainer without = started(
                        Map.of("near.enabled", "true", "telemetry.metrics", "NONE"), Gauged.class, Working.class);
                RunningContainer with = started(Map.of("near.enabled", "true"), Gauged.class, Working.class);
                RunningContainer disabled =
                        started(Map.of("near.enabled", "true"), Gauged.class, OpenTelemetryTest.DisabledSdk.class)) {
            List<Gauged> sides = Stream.of(without, with, disabled)
                    .map(container -> container.bean(Gauged.class))
                    .toList();
            long[] least = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            do { // in turns, until the compiler is through with all of them
                for (int side = 0; side < least.length; side++) {
                    least[side] = Math.min(least[side], bytesOfANearHit(sides.get(side)));
                }
            } while (System.nanoTime() - end < 0
                    && (least[0] != least[1] || least[0] != least[2] || !areNearHits(without, with, disabled)));
            assertThat(areNearHits(without, with, disabled)).isTrue();
            assertThat(least[0]).isPositive();
            assertThat(least).containsOnly(least[0]);
        }
    }

    private static boolean areNearHits(RunningContainer... containers) {
        return Stream.of(containers)
                .allMatch(container -> container
                                .bean(ConnectionCaches.class)
                                .statistics()
                                .get("gauged")
                                .nearHits()
                        > 20_000);
    }

    /** The least of some calls: more is made when something is compiled or renewed. */
    private static long bytesOfANearHit(Gauged gauged) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2_000; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            gauged.find(1, 1);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
