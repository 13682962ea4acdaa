package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.write.WriteCounters;
import io.cachedconnection.internal.engine.write.WriteCounters.Fate;
import io.cachedconnection.internal.engine.write.WriteCounters.Scope;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.telemetry.MetricsExport;
import io.cachedconnection.internal.telemetry.micrometer.MicrometerSink;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The metrics of an application as Prometheus reads them from Micrometer. */
class MicrometerTest {

    private static final String APPLICATION = "cachedconnection.application";
    private static final Set<String> REFUSED = Set.of("cache.puts", "cachedconnection.load.duration");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private List<String> lines(String start) {
        return registry.scrape().lines().filter(line -> line.startsWith(start)).toList();
    }

    private static double value(List<String> lines, String part) {
        List<String> found = lines.stream().filter(line -> line.contains(part)).toList();
        assertThat(found).as(part + " in " + lines).hasSize(1);
        return Double.parseDouble(found.get(0).substring(found.get(0).lastIndexOf(' ') + 1));
    }

    private static void until(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(condition);
    }

    @Test
    void exposition_ofAllKinds_hasNumbersNamesAndTagsForPrometheus() throws Exception {
        try (RunningContainer container =
                new RunningContainer("t" + System.nanoTime(), Map.of("telemetry.metrics", "NONE"), Gauged.class)) {
            Operations operations = container.bean(CacheRuntime.class).operations();
            Gauged gauged = container.bean(Gauged.class);
            Gauged.use(gauged);
            MetricsExport export =
                    MetricsExport.started(new MicrometerSink(registry), "shop", operations, Duration.ofMillis(10));
            until(() -> lines("db_client_operation_duration_seconds_count").size() >= 3);
            gauged.find(1, 1);
            gauged.find(1, 1);
            Thread.sleep(1_100); // what is shown may be a second old
            WriteCounters writes = operations.writes();
            CacheCounters counters = operations.caches().get("gauged").counters();

            assertThat(value(lines("cache_gets_total"), "{cache=\"gauged\",result=\"hit\"}"))
                    .isEqualTo((double) counters.of(Event.HIT))
                    .isPositive();
            assertThat(value(lines("cache_gets_total"), "{cache=\"gauged\",result=\"miss\"}"))
                    .isEqualTo((double) counters.of(Event.MISS))
                    .isPositive();
            assertThat(value(lines("cache_puts_total"), "cache=\"gauged\""))
                    .isEqualTo(
                            (double) (counters.of(Event.LOAD_STORED) + writes.of("gauged", Scope.KEY, Fate.REPLACED)))
                    .isPositive();
            assertThat(value(lines("cache_removals_total"), "cache=\"gauged\""))
                    .isEqualTo((double)
                            (writes.of("gauged", Scope.KEY, Fate.DONE) + writes.of("gauged", Scope.ALL, Fate.DONE)))
                    .isGreaterThanOrEqualTo(2);
            assertThat(value(lines("cache_size"), "cache=\"gauged\"")).isZero();
            assertThat(value(
                            lines("cachedconnection_evictions_total"),
                            "name=\"none\",cachedconnection_outcome=\"done\",cachedconnection_scope=\"tag\""))
                    .isEqualTo(1);
            assertThat(
                            value(
                                    lines("cachedconnection_load_duration_seconds_count"),
                                    "cachedconnection_application=\"shop\",cachedconnection_cache_name=\"gauged\",error_type=\"none\""))
                    .isPositive();
            assertThat(value(lines("cachedconnection_load_duration_seconds_count"), "IllegalArgumentException"))
                    .isEqualTo(1);
            assertThat(lines("cachedconnection_load_duration_seconds_bucket"))
                    .anyMatch(line -> line.contains("le=\"0.005\""));
            assertThat(lines("cachedconnection_entry_size_bytes_bucket"))
                    .anyMatch(line -> line.contains("le=\"1024.0\""));
            assertThat(lines("db_client_operation_duration_seconds_count"))
                    .allMatch(line -> line.contains("db_system_name=\"redis\""));
            assertThat(lines("db_client_connection_max")).hasSize(2);
            export.close(Duration.ofSeconds(5));
        }
        until(() -> registry.getMeters().isEmpty()); // it ends by itself if half a second is too short
    }

    /** One registry for all applications of a JVM. */
    @ApplicationScoped
    static class Shared {

        static final PrometheusMeterRegistry REGISTRY = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        @Produces
        MeterRegistry registry() {
            return REGISTRY;
        }
    }

    @Test
    void registry_ofTwoApplicationsOfOneName_tellsThemApartAndKeepsTheOneThatGoesOn() throws Exception {
        String name = "t" + System.nanoTime();
        try (RunningContainer first = new RunningContainer(name, Map.of(), Gauged.class, Shared.class)) {
            RunningContainer second = new RunningContainer(name, Map.of(), Gauged.class, Shared.class);
            first.bean(Gauged.class).find(1, 1);
            second.bean(Gauged.class).find(1, 1);
            second.bean(Gauged.class).find(1, 1);
            Thread.sleep(1_100); // what is shown may be a second old

            assertThat(lookups(name)).isEqualTo(1);
            assertThat(lookups(name + "-2")).isEqualTo(2);
            second.close();

            until(() -> applications().equals(Set.of(name)));
            first.bean(Gauged.class).find(1, 1);
            Thread.sleep(1_100);
            assertThat(lookups(name)).isEqualTo(2);
            assertThat(sum(Shared.REGISTRY.find("cache.gets"))).isEqualTo(2);
        }
        until(() -> Shared.REGISTRY.getMeters().isEmpty());
    }

    /** A registry adds tags to all meters, or renames them, so the tags of a meter do not tell whose it is. */
    @Test
    void registry_withCommonTagsAndTwoApplications_keepsTheMetersOfTheOneThatGoesOn() {
        registry.config().commonTags("region", "north");
        try (RunningContainer container =
                new RunningContainer("t" + System.nanoTime(), Map.of("telemetry.metrics", "NONE"), Gauged.class)) {
            Gauged.use(container.bean(Gauged.class));
            Operations operations = container.bean(CacheRuntime.class).operations();
            MicrometerSink first = opened(registry, "first", operations);
            MicrometerSink second = opened(registry, "second", operations);
            List<String> before = lines("cache_");

            second.close();

            assertThat(lines("cache_")).hasSameSizeAs(before).isNotEmpty();
            first.close();
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    private static MicrometerSink opened(MeterRegistry registry, String application, Operations operations) {
        MicrometerSink sink = new MicrometerSink(registry);
        sink.open(application, operations);
        sink.refresh();
        return sink;
    }

    /** A registry of many caches has many thousand meters. */
    @Test
    void refresh_besideAnotherApplicationWithManyCaches_readsTheRegistryOnce() {
        AtomicInteger readings = new AtomicInteger();
        MeterRegistry counting = new SimpleMeterRegistry() {
            @Override
            public List<Meter> getMeters() {
                readings.incrementAndGet();
                return super.getMeters();
            }
        };
        try (RunningContainer container =
                new RunningContainer("t" + System.nanoTime(), Map.of("telemetry.metrics", "NONE"), Gauged.class)) {
            ConnectionCaches caches = container.bean(ConnectionCaches.class);
            IntStream.range(0, 20).forEach(n -> caches.cache("cache-" + n, Long.class, String.class));
            Operations operations = container.bean(CacheRuntime.class).operations();
            opened(counting, "first", operations);
            MicrometerSink second = opened(counting, "second", operations);
            assertThat(readings).hasValue(2);

            second.refresh();

            assertThat(readings).hasValue(3);
        }
    }

    private static double lookups(String application) {
        return sum(Shared.REGISTRY.find("cachedconnection.lookups").tag(APPLICATION, application));
    }

    private static double sum(Search search) {
        return search.functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    /** Which meters a registry lacks that another one has, but for those that it refuses. */
    private static Set<Meter.Id> missing(MeterRegistry registry, MeterRegistry free) {
        return free.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> registry.getMeters().stream()
                        .noneMatch(meter -> meter.getId().equals(id)))
                .filter(id -> !REFUSED.contains(id.getName()))
                .collect(Collectors.toSet());
    }

    /** Other cache libraries use the same names, and some registries refuse another set of tags. */
    @Test
    void registry_refusesSomeMeters_hasTheOthers() throws Exception {
        registry.throwExceptionOnRegistrationFailure();
        registry.counter("cache.puts", "cache", "prices", "name", "other tags").increment();
        registry.timer("cachedconnection.load.duration", "other", "tags");
        registry.counter("cache.gets", "cache", "prices", "result", "hit").increment(7);
        try (RunningContainer container =
                new RunningContainer("t" + System.nanoTime(), Map.of("telemetry.metrics", "NONE"), Gauged.class)) {
            Gauged.use(container.bean(Gauged.class));
            Operations operations = container.bean(CacheRuntime.class).operations();
            PrometheusMeterRegistry free = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            MetricsExport another =
                    MetricsExport.started(new MicrometerSink(free), "shop", operations, Duration.ofMillis(10));
            MetricsExport export =
                    MetricsExport.started(new MicrometerSink(registry), "shop", operations, Duration.ofMillis(10));
            until(() -> free.find("db.client.operation.duration").meter() != null
                    && missing(registry, free).isEmpty());

            assertThat(lines("cache_gets_total")).hasSize(3); // two of this cache
            assertThat(lines("cache_puts_total")).hasSize(1);
            another.close(Duration.ofSeconds(5));
            export.close(Duration.ofSeconds(5));
        }
        until(() -> registry.getMeters().size() == 3);
        assertThat(value(lines("cache_gets_total"), "prices")).isEqualTo(7);
    }

    private static Set<String> applications() {
        return Shared.REGISTRY.getMeters().stream()
                .map(meter -> meter.getId().getTag(APPLICATION))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
