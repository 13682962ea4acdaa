package io.cachedconnection.internal.telemetry.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.ServerReport.Operation;
import io.cachedconnection.internal.engine.store.Tracing;
import io.cachedconnection.internal.engine.store.Tracing.Step;
import io.cachedconnection.internal.engine.store.Tracing.Work;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("try") // what is done inside is part of the step
class OpenTelemetryTracingTest {

    private static final Operation FILL = new Operation("EVALSHA", "fill");
    private static final Operation FIND = new Operation("GETRANGE", null);

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetry telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();

    private Tracing ofLoads() {
        return OpenTelemetryTracing.of(telemetry, false, "1");
    }

    private Tracing ofAll() {
        return OpenTelemetryTracing.of(telemetry, true, "1");
    }

    private SpanData span(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> attributes(SpanData span) {
        Map<String, Object> attributes = new TreeMap<>();
        span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
        return attributes;
    }

    @Test
    void load_isTheParentOfWhatItDoes() {
        try (Step unused = ofLoads().begin(Work.LOAD, "books")) {
            telemetry.getTracer("jdbc").spanBuilder("SELECT").startSpan().end();
        }

        assertThat(span("SELECT").getParentSpanId())
                .isEqualTo(span("load books").getSpanId());
        assertThat(span("load books").getKind()).isEqualTo(SpanKind.INTERNAL);
        assertThat(attributes(span("load books"))).isEqualTo(Map.of("cachedconnection.cache.name", "books"));
        assertThat(span("load books").getInstrumentationScopeInfo().getName()).isEqualTo("io.cachedconnection");
        assertThat(Span.current()).isSameAs(Span.getInvalid());
    }

    @Test
    void load_throws_isAnErrorWithItsTypeAndNoMessage() {
        try (Step step = ofLoads().begin(Work.LOAD, "books")) {
            step.failed(new IOException("a secret"));
        }

        SpanData span = span("load books");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEmpty();
        assertThat(attributes(span)).containsEntry("error.type", "java.io.IOException");
        assertThat(span.getEvents()).isEmpty();
    }

    @Test
    void call_isAClientSpanByTheConventions() {
        try (Step unused = ofLoads().call(FILL, "redis.example", 6380, 2)) {
            assertThat(Span.current().isRecording()).isTrue();
        }

        SpanData span = span("EVALSHA");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(attributes(span))
                .isEqualTo(Map.of(
                        "db.system.name", "redis",
                        "db.operation.name", "EVALSHA",
                        "db.stored_procedure.name", "fill",
                        "db.namespace", "2",
                        "server.address", "redis.example",
                        "server.port", 6380L));
    }

    @Test
    void call_onTheDefaultPort_leavesThatOut() {
        try (Step unused = ofLoads().call(FILL, "redis.example", 6379, 0)) {
            assertThat(Span.current().isRecording()).isTrue();
        }

        assertThat(attributes(span("EVALSHA"))).doesNotContainKey("server.port");
    }

    @Test
    void refused_isAnEventAndNoError() {
        try (Step step = ofLoads().call(FILL, "redis.example", 6379, 0)) {
            step.refused("timeout");
        }

        SpanData span = span("EVALSHA");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getEvents()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("cachedconnection.refused");
            assertThat(event.getAttributes().get(AttributeKey.stringKey("cachedconnection.reason")))
                    .isEqualTo("timeout");
        });
    }

    @Test
    void hit_withLoadsOnly_isAnEventOnTheCallersSpan() {
        Tracing tracing = ofLoads();
        Span request = telemetry.getTracer("web").spanBuilder("GET /").startSpan();
        try (Scope unused = request.makeCurrent();
                Step lookup = tracing.begin(Work.LOOKUP, "books");
                Step find = tracing.call(FIND, "redis.example", 6379, 0)) {
            assertThat(lookup).isSameAs(Step.UNTOLD);
            assertThat(find).isSameAs(Step.UNTOLD);
            tracing.hit("books");
        }
        request.end();

        assertThat(exporter.getFinishedSpanItems())
                .singleElement()
                .satisfies(span -> assertThat(span.getEvents())
                        .singleElement()
                        .satisfies(event -> assertThat(event.getName()).isEqualTo("cachedconnection.hit")));
    }

    @Test
    void hit_withAll_isASpanWithItsCallOfRedis() {
        Tracing tracing = ofAll();
        try (Step lookup = tracing.begin(Work.LOOKUP, "books")) {
            try (Step unused = tracing.call(FIND, "redis.example", 6379, 0)) {
                assertThat(Span.current().isRecording()).isTrue();
            }
            lookup.result("hit");
            tracing.hit("books");
        }

        assertThat(span("GETRANGE").getParentSpanId())
                .isEqualTo(span("lookup books").getSpanId());
        assertThat(attributes(span("lookup books"))).containsEntry("cachedconnection.result", "hit");
        assertThat(span("lookup books").getEvents()).isEmpty();
    }

    @Test
    void of_nothingRecords_isNoTracingAtAll() {
        assertThat(OpenTelemetryTracing.of(OpenTelemetry.noop(), true, "1")).isSameAs(Tracing.NONE);
        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void of_isBroken_throws() {
        OpenTelemetry broken = new OpenTelemetry() {
            @Override
            public TracerProvider getTracerProvider() {
                throw new IllegalStateException("on demand");
            }

            @Override
            public ContextPropagators getPropagators() {
                throw new IllegalStateException("on demand");
            }
        };

        assertThatThrownBy(() -> OpenTelemetryTracing.of(broken, true, "1")).hasMessage("on demand");
    }

    static List<Throwable> failures() {
        return List.of(
                new IllegalStateException("on demand"),
                new ServiceConfigurationError("on demand"),
                new AssertionError("on demand"),
                new IOException("on demand")); // some languages do not declare it
    }

    @ParameterizedTest
    @MethodSource("failures")
    void step_theSdkThrows_goesOn(Throwable failure) {
        OpenTelemetry throwing = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(new Throwing(failure))
                        .build())
                .build();
        Tracing tracing = OpenTelemetryTracing.of(throwing, true, "1");
        assertThat(tracing).isNotSameAs(Tracing.NONE);
        try (Step step = tracing.begin(Work.LOAD, "books")) {
            step.failed(new IOException());
        }
        assertThatThrownBy(() ->
                        throwing.getTracer("x").spanBuilder("x").startSpan().end())
                .hasMessage("on demand");
    }

    /** Throws when spans end, and when they begin, but for the first one. */
    private static final class Throwing implements SpanProcessor {

        private final Throwable failure;
        private int started;

        Throwing(Throwable failure) {
            this.failure = failure;
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private <E extends Throwable> void fail() throws E {
            throw (E) failure;
        }

        @Override
        public void onStart(Context parentContext, ReadWriteSpan span) {
            if (started++ > 1) {
                this.<RuntimeException>fail();
            }
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            this.<RuntimeException>fail();
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
