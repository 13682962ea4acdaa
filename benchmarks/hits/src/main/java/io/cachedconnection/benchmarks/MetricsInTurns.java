package io.cachedconnection.benchmarks;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.benchmarks.Turns.Cost;
import io.cachedconnection.internal.cdi.PortableExtension;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/**
 * What metrics and traces cost a hit: two applications in one JVM, turn by turn, one with an OpenTelemetry SDK that exports each
 * second, one without. Prints the medians of the turns with quartiles, and those of the ratios within a round.
 */
public final class MetricsInTurns {

    private static final List<Integer> THREADS = List.of(1, 64);
    private static final int WARM_UP = 12;
    private static final int TURNS = 40;
    private static final String NEAR = "measured-near";
    private static final String REDIS = "measured-in-redis";

    private MetricsInTurns() {}

    /** What is looked up. */
    @ApplicationScoped
    public static class Measured {

        @CachedConnection(cache = NEAR, ttl = "PT24H")
        public Statement near(UUID id) {
            return NearRepository.STATEMENT;
        }

        @CachedConnection(cache = REDIS, ttl = "PT24H")
        public Statement inRedis(UUID id) {
            return NearRepository.STATEMENT;
        }
    }

    /** The SDK of one of the applications. */
    @ApplicationScoped
    public static class LiveSdk {

        private static final InMemoryMetricExporter METRICS = InMemoryMetricExporter.create();

        @Produces
        @ApplicationScoped
        OpenTelemetry openTelemetry() {
            return OpenTelemetrySdk.builder()
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(PeriodicMetricReader.builder(METRICS)
                                    .setInterval(Duration.ofSeconds(1))
                                    .build())
                            .build())
                    .setTracerProvider(SdkTracerProvider.builder()
                            .addSpanProcessor(BatchSpanProcessor.builder(InMemorySpanExporter.create())
                                    .build())
                            .build())
                    .build();
        }
    }

    /** The argument is the number of turns of each side; without one there are forty. */
    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length == 0 ? TURNS : Integer.parseInt(arguments[0]);
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            RedisAddress.use(redis.uri());
            System.setProperty("cached-connection.cache." + NEAR + ".near.enabled", "true");
            try (WeldContainer with = started(Measured.class, LiveSdk.class);
                    WeldContainer without = started(Measured.class)) {
                System.out.print("""
                        | hit | threads | without, ns | with, ns | ratio | garbage without, B | garbage with, B |
                        |---|--:|--:|--:|--:|--:|--:|
                        """);
                for (int threads : THREADS) {
                    measure(NEAR, threads, 100, turns, near(without), near(with));
                    measure(REDIS, threads, 1, turns, inRedis(without), inRedis(with));
                }
                check(with, without);
            }
        }
    }

    private static WeldContainer started(Class<?>... beans) {
        return new Weld()
                .disableDiscovery()
                .containerId(UUID.randomUUID().toString())
                .addExtensions(new PortableExtension())
                .addBeanClasses(beans)
                .initialize();
    }

    private static Runnable near(WeldContainer container) {
        Measured measured = container.select(Measured.class).get();
        while (statistics(container, NEAR).nearHits() == 0) {
            measured.near(Value.ID);
        }
        return () -> measured.near(Value.ID);
    }

    private static Runnable inRedis(WeldContainer container) {
        Measured measured = container.select(Measured.class).get();
        measured.inRedis(Value.ID);
        return () -> measured.inRedis(Value.ID);
    }

    private static CacheStatistics statistics(WeldContainer container, String cache) {
        return container.select(ConnectionCaches.class).get().statistics().get(cache);
    }

    private static void measure(String name, int threads, int batch, int turns, Runnable without, Runnable with)
            throws Exception {
        Map<String, Turns> calls = new LinkedHashMap<>();
        calls.put("without", new Turns(without, threads, batch));
        calls.put("with", new Turns(with, threads, batch));
        Rounds rounds = Rounds.of(calls, WARM_UP, turns);
        System.out.println("| "
                + String.join(
                        " | ",
                        name,
                        Integer.toString(threads),
                        rounds.of("without", cost -> cost.nanos() / threads).text(0),
                        rounds.of("with", cost -> cost.nanos() / threads).text(0),
                        rounds.compared("with", "without", Cost::nanos, (one, other) -> one / other)
                                .text(3),
                        rounds.of("without", Cost::bytes).text(0),
                        rounds.of("with", Cost::bytes).text(0))
                + " |");
    }

    /** What was measured were hits, and the SDK has heard of them. */
    private static void check(WeldContainer... containers) {
        for (WeldContainer container : containers) {
            CacheStatistics near = statistics(container, NEAR);
            CacheStatistics redis = statistics(container, REDIS);
            if (near.misses() + redis.misses() > 100 || near.nearHits() == 0 || redis.hits() == 0) {
                throw new IllegalStateException("Not every lookup was a hit: " + near + ", " + redis);
            }
        }
        boolean isExported = LiveSdk.METRICS.getFinishedMetricItems().stream()
                .anyMatch(metric -> metric.getName().equals("cachedconnection.lookups"));
        if (!isExported) {
            throw new IllegalStateException("The SDK was told nothing.");
        }
    }
}
