package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.common.Histogram;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.telemetry.Metric;
import io.cachedconnection.internal.telemetry.MetricsExport;
import io.cachedconnection.internal.telemetry.opentelemetry.OpenTelemetrySink;
import io.cachedconnection.testing.TestRedis;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The metrics of an application as they arrive at OpenTelemetry's SDK of 1.29, the oldest that a supported server has. */
class OpenTelemetryTest {

    private static final AttributeKey<String> APPLICATION = AttributeKey.stringKey("cachedconnection.application");
    private static final AttributeKey<String> CACHE = AttributeKey.stringKey("cachedconnection.cache.name");
    private static final AttributeKey<String> RESULT = AttributeKey.stringKey("cachedconnection.result");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("cachedconnection.outcome");

    /** What an operator may build on: a change here breaks dashboards. */
    private static final String ALL = """
            cachedconnection.breaker.open LONG_SUM {breaker} [server.address, server.port]
            cachedconnection.breaker.opened LONG_SUM {opening} [server.address, server.port]
            cachedconnection.bypasses LONG_SUM {lookup} [cachedconnection.cache.name, cachedconnection.reason] off pending_eviction transaction unreachable
            cachedconnection.entries.rejected LONG_SUM {entry} [cachedconnection.cache.name, cachedconnection.reason] outdated undecodable untrusted
            cachedconnection.entry.size HISTOGRAM By [cachedconnection.cache.name]
            cachedconnection.evictions LONG_SUM {eviction} [cachedconnection.cache.name, cachedconnection.outcome, cachedconnection.scope] all deferred done key refused tag
            cachedconnection.evictions.pending LONG_SUM {eviction} []
            cachedconnection.lies LONG_SUM {lie} [cachedconnection.cache.name]
            cachedconnection.load.duration HISTOGRAM s [cachedconnection.cache.name, error.type] java.lang.IllegalArgumentException
            cachedconnection.loads LONG_SUM {load} [cachedconnection.cache.name, cachedconnection.outcome] busy bypassed failed fenced lease_lost not_storable old_snapshot rolled_back stored too_large unreachable
            cachedconnection.lookups LONG_SUM {lookup} [cachedconnection.cache.name, cachedconnection.result] bypassed hit miss near_hit
            cachedconnection.near.entries LONG_SUM {entry} [cachedconnection.cache.name]
            cachedconnection.near.proof.age DOUBLE_GAUGE s []
            cachedconnection.stores LONG_SUM {entry} [cachedconnection.cache.name, cachedconnection.source] load put
            cachedconnection.verifications LONG_SUM {lookup} [cachedconnection.cache.name, cachedconnection.result] skipped verified
            cachedconnection.waits HISTOGRAM s [cachedconnection.cache.name, cachedconnection.wait.for] node
            db.client.connection.count LONG_SUM {connection} [db.client.connection.pool.name, db.client.connection.state] idle used
            db.client.connection.max LONG_SUM {connection} [db.client.connection.pool.name]
            db.client.connection.pending_requests LONG_SUM {request} [db.client.connection.pool.name]
            db.client.connection.timeouts LONG_SUM {timeout} [db.client.connection.pool.name]
            db.client.operation.duration HISTOGRAM s [db.namespace, db.operation.name, db.stored_procedure.name, db.system.name, server.address, server.port] redis
            """;

    /** The application's SDK. */
    @ApplicationScoped
    static class Sdk {

        static final InMemoryMetricReader BEAN_READER = InMemoryMetricReader.create();

        @Produces
        @ApplicationScoped
        OpenTelemetry openTelemetry() {
            return sdk(BEAN_READER);
        }
    }

    /** One SDK for all applications of a JVM, as an agent has it. */
    @ApplicationScoped
    static class SharedSdk {

        static final InMemoryMetricReader READER = InMemoryMetricReader.create();
        private static final OpenTelemetry SHARED = sdk(READER);

        @Produces
        @ApplicationScoped
        OpenTelemetry openTelemetry() {
            return SHARED;
        }
    }

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private RunningContainer container;

    @AfterEach
    void stop() {
        container.close();
    }

    private static OpenTelemetry sdk(InMemoryMetricReader reader) {
        return OpenTelemetrySdk.builder()
                .setMeterProvider(
                        SdkMeterProvider.builder().registerMetricReader(reader).build())
                .build();
    }

    private void start(Map<String, String> settings, Class<?>... beans) {
        container = new RunningContainer("t" + System.nanoTime(), settings, beans);
    }

    private Operations operations() {
        return container.bean(CacheRuntime.class).operations();
    }

    private static MetricData metric(Collection<MetricData> all, String name) {
        return all.stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static long sum(
            Collection<MetricData> all, String name, String cache, AttributeKey<String> key, String word) {
        return metric(all, name).getLongSumData().getPoints().stream()
                .filter(point -> cache.equals(point.getAttributes().get(CACHE))
                        && word.equals(point.getAttributes().get(key)))
                .mapToLong(LongPointData::getValue)
                .sum();
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime() - end).as("too late").isNegative();
            Thread.sleep(5);
        }
    }

    @Test
    void metrics_ofAllKinds_haveTheNamesUnitsAndAttributesOfTheDocument() throws Exception {
        start(Map.of("telemetry.metrics", "NONE", "near.enabled", "true"), Gauged.class);
        MetricsExport export =
                MetricsExport.started(new OpenTelemetrySink(sdk(reader)), "shop", operations(), Duration.ofMillis(10));
        Gauged gauged = container.bean(Gauged.class);
        Gauged.use(gauged);
        CacheCounters counters = operations().caches().get("gauged").counters();
        counters.waitsForNode().record(1_000);
        until(() -> operations().proofAge() != null);
        until(() -> metric(reader.collectAllMetrics(), "db.client.operation.duration") != null); // all are registered
        Collection<MetricData> all = new ArrayList<>(reader.collectAllMetrics());
        all.removeIf(each -> each.getType() == MetricDataType.HISTOGRAM);
        export.close(Duration.ofSeconds(5)); // gives what the histograms have to the last
        all.addAll(reader.collectAllMetrics());

        assertThat(all.stream().map(OpenTelemetryTest::described).sorted())
                .containsExactlyElementsOf(ALL.lines().toList());
        assertThat(all)
                .allMatch(each -> each.getInstrumentationScopeInfo().getName().equals("io.cachedconnection"));
        assertThat(all).allMatch(each -> !each.getDescription().isBlank());
        assertThat(all.stream().flatMap(each -> each.getData().getPoints().stream()))
                .allMatch(point -> "shop".equals(point.getAttributes().get(APPLICATION)));
        assertThat(metric(all, "db.client.connection.max").getLongSumData().getPoints())
                .extracting(
                        point -> point.getAttributes().get(AttributeKey.stringKey("db.client.connection.pool.name")))
                .containsExactlyInAnyOrder(pool("lookups"), pool("writes"));
        assertThat(metric(all, "cachedconnection.breaker.open").getLongSumData().getPoints())
                .allMatch(point -> point.getAttributes().get(AttributeKey.longKey("server.port"))
                        == TestRedis.uri().getPort());
        assertThat(all.stream().map(MetricData::toString)).noneMatch(text -> text.contains("value 1"));
    }

    private static String pool(String name) {
        return TestRedis.uri().getHost() + ":" + TestRedis.uri().getPort() + "/0 " + name;
    }

    private static String described(MetricData metric) {
        Set<String> keys = new TreeSet<>();
        Set<String> words = new TreeSet<>();
        metric.getData()
                .getPoints()
                .forEach(point -> point.getAttributes().forEach((key, value) -> {
                    if (key.equals(APPLICATION)) {
                        return; // which all have
                    }
                    keys.add(key.getKey());
                    String name = key.getKey();
                    if ((name.startsWith("cachedconnection.") && !key.equals(CACHE))
                            || name.equals("error.type")
                            || name.endsWith(".state")
                            || name.endsWith("system.name")) {
                        words.add(String.valueOf(value));
                    }
                }));
        return (metric.getName() + " " + metric.getType() + " " + metric.getUnit() + " " + keys + " "
                        + String.join(" ", words))
                .strip();
    }

    private static long count(MetricData histogram) {
        return histogram == null
                ? 0
                : histogram.getHistogramData().getPoints().stream()
                        .mapToLong(HistogramPointData::getCount)
                        .sum();
    }

    @Test
    void metrics_afterManyCallsOfManyThreads_agreeWithTheCounters() throws Exception {
        start(Map.of("telemetry.metrics", "NONE"), Gauged.class);
        MetricsExport export =
                MetricsExport.started(new OpenTelemetrySink(sdk(reader)), "shop", operations(), Duration.ofMillis(1));
        Gauged gauged = container.bean(Gauged.class);
        int threads = 4;
        int calls = 400;
        Thread[] all = IntStream.range(0, threads)
                .mapToObj(number -> new Thread(() -> work(gauged, new Random(number), calls)))
                .toArray(Thread[]::new);
        Stream.of(all).forEach(Thread::start);
        for (Thread thread : all) {
            thread.join();
        }
        CacheCounters counters = operations().caches().get("gauged").counters();
        Collection<MetricData> observed = reader.collectAllMetrics();
        export.close(Duration.ofSeconds(5));
        Collection<MetricData> recorded = reader.collectAllMetrics();

        assertThat(sum(observed, "cachedconnection.lookups", "gauged", RESULT, "hit"))
                .isEqualTo(counters.of(Event.HIT))
                .isPositive();
        assertThat(sum(observed, "cachedconnection.lookups", "gauged", RESULT, "miss"))
                .isEqualTo(counters.of(Event.MISS))
                .isPositive();
        assertThat(outcomes(observed)).isEqualTo(counters.of(Event.LOAD)).isEqualTo(gauged.loads());
        assertThat(sum(observed, "cachedconnection.loads", "gauged", OUTCOME, "stored"))
                .isEqualTo(counters.of(Event.LOAD_STORED))
                .isPositive();
        assertThat(count(metric(recorded, "cachedconnection.load.duration"))).isEqualTo(gauged.loads());
        Histogram.Snapshot sizes = counters.sizes().snapshot();
        HistogramPointData stored = metric(recorded, "cachedconnection.entry.size")
                .getHistogramData()
                .getPoints()
                .iterator()
                .next();
        assertThat(stored.getCount()).isEqualTo(sizes.count());
        assertThat(Math.abs(stored.getSum() - sizes.sum()))
                .isLessThanOrEqualTo((double) sizes.count()); // a byte each, by rounding
        assertThat(observedNames(recorded)).isEmpty(); // what was observed is gone with the application
    }

    private static long outcomes(Collection<MetricData> observed) {
        return metric(observed, "cachedconnection.loads").getLongSumData().getPoints().stream()
                .filter(point -> "gauged".equals(point.getAttributes().get(CACHE)))
                .mapToLong(LongPointData::getValue)
                .sum();
    }

    private static Set<String> observedNames(Collection<MetricData> all) {
        return all.stream()
                .filter(each -> each.getType() != MetricDataType.HISTOGRAM)
                .map(MetricData::getName)
                .collect(Collectors.toSet());
    }

    private static void work(Gauged gauged, Random random, int calls) {
        for (int i = 0; i < calls; i++) {
            int id = random.nextInt(20);
            switch (random.nextInt(12)) {
                case 0 -> gauged.evict(id, 1);
                case 1 -> gauged.put(id, 1);
                case 2 -> {
                    try {
                        gauged.find(-1 - id, 1);
                    } catch (IllegalArgumentException e) {
                        assertThat(e).hasMessage("none");
                    }
                }
                default -> gauged.find(id, 1);
            }
        }
    }

    @Test
    void bean_ofTheApplication_getsTheMetricsAlsoOfACacheThatIsOpenedLaterAndLosesThemAtTheEnd() throws Exception {
        start(Map.of(), Gauged.class, Sdk.class);
        container.bean(Gauged.class).find(1, 1);
        until(() -> metric(Sdk.BEAN_READER.collectAllMetrics(), "cachedconnection.lookups") != null);
        container
                .bean(ConnectionCaches.class)
                .cache("later", Long.class, String.class)
                .find(1L);

        assertThat(sum(Sdk.BEAN_READER.collectAllMetrics(), "cachedconnection.lookups", "later", RESULT, "miss"))
                .isEqualTo(1);
        assertThat(threads()).isOne();
        container.close();

        Collection<MetricData> last = Sdk.BEAN_READER.collectAllMetrics();
        assertThat(count(metric(last, "cachedconnection.load.duration"))).isEqualTo(1); // given at the end
        assertThat(observedNames(last)).isEmpty();
        until(() -> threads() == 0);
        start(Map.of(), Gauged.class); // for stop
    }

    @Test
    void sdk_ofTwoApplications_tellsThemApartAndKeepsTheOneThatGoesOn() throws Exception {
        start(Map.of(), Gauged.class, SharedSdk.class);
        String suffix = container.prefix;
        RunningContainer other = new RunningContainer("other-" + suffix, Map.of(), Gauged.class, SharedSdk.class);
        try (other) {
            until(() -> applications("cachedconnection.lookups").size() == 2);
            container.bean(Gauged.class).find(1, 1);
            other.bean(Gauged.class).find(1, 1);
            other.bean(Gauged.class).find(1, 1);

            assertThat(applications("cachedconnection.lookups"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(suffix, 1L, "other-" + suffix, 2L));
            assertThat(applications("db.client.connection.max")).hasSize(2);
            container.close();

            assertThat(applications("cachedconnection.lookups")).isEqualTo(Map.of("other-" + suffix, 2L));
            other.bean(Gauged.class).find(1, 1);
            assertThat(applications("cachedconnection.lookups")).isEqualTo(Map.of("other-" + suffix, 3L));
        }
        assertThat(applications("cachedconnection.lookups")).isEmpty();
        start(Map.of(), Gauged.class); // for stop
    }

    private static Map<String, Long> applications(String counter) {
        MetricData metric = metric(SharedSdk.READER.collectAllMetrics(), counter);
        return metric == null
                ? Map.of()
                : metric.getLongSumData().getPoints().stream()
                        .collect(Collectors.groupingBy(
                                point -> point.getAttributes().get(APPLICATION),
                                Collectors.summingLong(LongPointData::getValue)));
    }

    /** A producer of what {@code otel.sdk.disabled=true} makes: an SDK without a reader. */
    @ApplicationScoped
    static class DisabledSdk {
        @Produces
        @ApplicationScoped
        OpenTelemetry openTelemetry() {
            return OpenTelemetrySdk.builder().build();
        }
    }

    /** Of the API alone. */
    @ApplicationScoped
    static class NoSdk {
        @Produces
        OpenTelemetry openTelemetry() {
            return OpenTelemetry.noop();
        }
    }

    @Test
    void bean_thatRecordsNothing_hasNoThread() throws Exception {
        for (Class<?> bean : new Class<?>[] {DisabledSdk.class, NoSdk.class}) {
            try (LoggedLines log = new LoggedLines()) {
                start(Map.of(), Gauged.class, bean);
                until(() -> threads() == 0);
                Gauged.use(container.bean(Gauged.class));
                assertThat(log.warnings().stream().filter(line -> line.startsWith("CC-046")))
                        .isEmpty();
                container.close();
            }
        }
        start(Map.of(), Gauged.class); // for stop
    }

    @Test
    void table_unitsAndNames_areOfTheScope() {
        start(Map.of(), Gauged.class);
        Map<String, Metric> byName = new TreeMap<>();
        Metric.TABLE.forEach(metric -> byName.put(metric.name(), metric));
        assertThat(byName).hasSameSizeAs(Metric.TABLE);
        assertThat(byName.keySet())
                .containsExactlyElementsOf(ALL.lines()
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList());
    }

    static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("cached-connection-metrics"))
                .count();
    }

    /** Not all points have all attributes; none has others. */
    @Test
    void points_attributes_areThoseOfTheTable() throws Exception {
        start(Map.of("telemetry.metrics", "NONE"), Gauged.class);
        Gauged.use(container.bean(Gauged.class));
        MetricsExport export =
                MetricsExport.started(new OpenTelemetrySink(sdk(reader)), "shop", operations(), Duration.ofMillis(1));
        until(() -> metric(reader.collectAllMetrics(), "db.client.operation.duration") != null);
        Collection<MetricData> all = reader.collectAllMetrics();
        export.close(Duration.ofSeconds(5));

        Map<String, Metric> byName = Metric.TABLE.stream().collect(Collectors.toMap(Metric::name, each -> each));
        for (MetricData each : all) {
            for (PointData point : each.getData().getPoints()) {
                point.getAttributes().toBuilder()
                        .remove(APPLICATION)
                        .build()
                        .forEach((key, value) ->
                                assertThat(byName.get(each.getName()).keys()).contains(key.getKey()));
            }
        }
    }
}
