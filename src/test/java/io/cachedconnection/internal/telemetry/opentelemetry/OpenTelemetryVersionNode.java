package io.cachedconnection.internal.telemetry.opentelemetry;

import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.Caches;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.telemetry.Metric;
import io.cachedconnection.internal.telemetry.MetricsExport;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with another OpenTelemetry on its class path. Says whether it knows of a global instance before and after the application
 * has set one, and whether a histogram has the bounds that this library advises.
 */
final class OpenTelemetryVersionNode {

    private OpenTelemetryVersionNode() {}

    /** Keeps the last of each metric. */
    private static final class Kept implements MetricExporter {

        private final Map<String, MetricData> metrics = new TreeMap<>();

        @Override
        public CompletableResultCode export(Collection<MetricData> exported) {
            exported.forEach(metric -> metrics.put(metric.getName(), metric));
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
            return AggregationTemporality.CUMULATIVE;
        }
    }

    public static void main(String... arguments) {
        String before = String.valueOf(OpenTelemetrySink.global() != null);
        Kept kept = new Kept();
        SdkMeterProvider provider = SdkMeterProvider.builder()
                .registerMetricReader(PeriodicMetricReader.builder(kept)
                        .setInterval(Duration.ofHours(1))
                        .build())
                .build();
        OpenTelemetry sdk = new OpenTelemetry() {
            @Override
            public TracerProvider getTracerProvider() {
                return TracerProvider.noop();
            }

            @Override
            public ContextPropagators getPropagators() {
                return ContextPropagators.noop();
            }

            @Override
            public MeterProvider getMeterProvider() {
                return provider;
            }
        };
        GlobalOpenTelemetry.set(sdk); // fails if it was asked for in the way that sets it
        String after = String.valueOf(OpenTelemetrySink.global() != null);

        MemoryStore store = new MemoryStore(System::nanoTime, Duration.ofSeconds(30));
        Caches caches = new Caches(name -> new Cache(name, Settings::cache, new CacheCounters()));
        caches.of("books").counters().waitsForNode().record(3_000_000);
        Operations operations = new Operations(
                "memory",
                new Engine(
                        Settings.ports(store, new NotedEvents(), System::nanoTime),
                        Settings.protocol(Duration.ofSeconds(5))),
                caches,
                Settings.nothingNear(),
                store,
                Map::of);
        MetricsExport.started(new OpenTelemetrySink(sdk), "shop", operations).close(Duration.ofSeconds(5));
        provider.forceFlush().join(5, TimeUnit.SECONDS);
        Object bounds = kept.metrics
                .get("cachedconnection.waits")
                .getHistogramData()
                .getPoints()
                .iterator()
                .next()
                .getBoundaries();
        System.out.println(before + " " + after + " "
                + bounds.equals(Metric.TABLE.stream()
                        .filter(metric -> metric.name().equals("cachedconnection.waits"))
                        .findFirst()
                        .orElseThrow()
                        .bounds()));
    }
}
