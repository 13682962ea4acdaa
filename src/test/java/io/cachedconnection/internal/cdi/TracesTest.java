package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The spans of an application that has OpenTelemetry as a bean. */
class TracesTest {

    private static final InMemorySpanExporter EXPORTER = InMemorySpanExporter.create();

    /** The application's SDK. */
    @ApplicationScoped
    static class Sdk {

        @Produces
        @ApplicationScoped
        OpenTelemetry openTelemetry() {
            return OpenTelemetrySdk.builder()
                    .setTracerProvider(SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(EXPORTER))
                            .build())
                    .build();
        }
    }

    @BeforeEach
    void forget() {
        EXPORTER.reset();
    }

    /** Looks one key up twice, and returns the spans. */
    private static List<SpanData> spans(String setting) {
        Map<String, String> settings =
                Map.of("telemetry.spans", setting, "telemetry.metrics", "NONE", "redis.timeout", "PT5S");
        try (RunningContainer container =
                new RunningContainer("t" + System.nanoTime(), settings, Gauged.class, Sdk.class)) {
            container.bean(Gauged.class).find(1, 1);
            container.bean(Gauged.class).find(1, 1);
            return List.copyOf(EXPORTER.getFinishedSpanItems());
        }
    }

    private static List<String> names(List<SpanData> spans) {
        return spans.stream().map(SpanData::getName).toList();
    }

    @Test
    void spans_ofLoads_areTheLoadAndItsSteps() {
        List<SpanData> spans = spans("LOADS");

        assertThat(names(spans)).contains("load gauged", "EVALSHA").doesNotContain("lookup gauged", "GETRANGE");
    }

    @Test
    void spans_ofAll_areTheLookupsToo() {
        List<SpanData> spans = spans("ALL");

        assertThat(names(spans)).contains("load gauged", "EVALSHA");
        List<SpanData> lookups = spans.stream()
                .filter(span -> span.getName().equals("lookup gauged"))
                .toList();
        assertThat(lookups).hasSize(2);
        SpanData load = spans.stream()
                .filter(span -> span.getName().equals("load gauged"))
                .findFirst()
                .orElseThrow();
        assertThat(load.getParentSpanId()).isEqualTo(lookups.get(0).getSpanId());
    }

    @Test
    void spans_none_areNone() {
        assertThat(spans("NONE")).isEmpty();
    }
}
