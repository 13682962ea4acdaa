package io.cachedconnection.internal.telemetry.opentelemetry;

import io.cachedconnection.internal.engine.store.ServerReport.Operation;
import io.cachedconnection.internal.engine.store.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports the engine's work as OpenTelemetry spans. A load is the parent of the spans of its database driver. A call of Redis
 * is a client span by the semantic conventions for databases. A failure of Redis is a span event and leaves the status unset,
 * because the lookup has not failed. No span contains a key, an argument or a value. Thread-safe. Exceptions of the SDK do not
 * reach the caller.
 */
public final class OpenTelemetryTracing implements Tracing {

    private static final String SCOPE = "io.cachedconnection";
    private static final int DEFAULT_PORT = 6379;
    private static final AttributeKey<String> CACHE = AttributeKey.stringKey("cachedconnection.cache.name");
    private static final AttributeKey<String> RESULT = AttributeKey.stringKey("cachedconnection.result");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("cachedconnection.reason");
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
    private static final AttributeKey<String> PROCEDURE = AttributeKey.stringKey("db.stored_procedure.name");
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
    private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final Tracer tracer;
    private final boolean isOfAll;

    private OpenTelemetryTracing(Tracer tracer, boolean isOfAll) {
        this.tracer = tracer;
        this.isOfAll = isOfAll;
    }

    /**
     * Creates tracing by {@code telemetry}; none if it records nothing, as with {@code otel.sdk.disabled=true}. {@code version}
     * is the version of this library. Unless {@code isOfAll}, lookups that Redis answers have no spans. Exceptions of the SDK
     * pass.
     */
    public static Tracing of(OpenTelemetry telemetry, boolean isOfAll, String version) {
        Tracer tracer = telemetry
                .getTracerProvider()
                .tracerBuilder(SCOPE)
                .setInstrumentationVersion(version)
                .build();
        // Never ended, so never exported. A span that a sampler drops is valid as well.
        boolean isReal = tracer.spanBuilder("probe")
                .setNoParent()
                .startSpan()
                .getSpanContext()
                .isValid();
        return isReal ? new OpenTelemetryTracing(tracer, isOfAll) : Tracing.NONE;
    }

    @Override
    public Step begin(Work work, @Nullable String cache) {
        if (work == Work.LOOKUP && !isOfAll) {
            return Step.UNTOLD;
        }
        return step(() -> {
            String name = work.name().toLowerCase(Locale.ROOT);
            SpanBuilder span = tracer.spanBuilder(cache == null ? name : name + " " + cache);
            return cache == null ? span : span.setAttribute(CACHE, cache);
        });
    }

    @Override
    public Step call(Operation operation, String host, int port, int database) {
        if (operation.procedure() == null && !isOfAll) {
            return Step.UNTOLD;
        }
        return step(() -> {
            SpanBuilder span = tracer.spanBuilder(operation.name())
                    .setSpanKind(SpanKind.CLIENT)
                    .setAttribute(SYSTEM, "redis")
                    .setAttribute(OPERATION, operation.name())
                    .setAttribute(NAMESPACE, String.valueOf(database))
                    .setAttribute(ADDRESS, host);
            if (operation.procedure() != null) {
                span.setAttribute(PROCEDURE, operation.procedure());
            }
            return port == 0 || port == DEFAULT_PORT ? span : span.setAttribute(PORT, (long) port);
        });
    }

    @SuppressWarnings("MustBeClosedChecker") // the step closes it
    private static Step step(Supplier<SpanBuilder> builder) {
        try {
            Span span = builder.get().startSpan();
            return new SpanStep(span, span.makeCurrent());
        } catch (Exception | Error e) {
            return Step.UNTOLD;
        }
    }

    @Override
    public void hit(String cache) {
        if (!isOfAll) {
            safely(() -> {
                Span current = Span.current();
                if (current.isRecording()) {
                    current.addEvent("cachedconnection.hit", Attributes.of(CACHE, cache));
                }
            });
        }
    }

    private static void safely(Runnable telling) {
        try {
            telling.run();
        } catch (Exception | Error e) {
            return; // the SDK failed; the work continues
        }
    }

    /** A span that is current on the thread that started it. */
    private record SpanStep(Span span, Scope scope) implements Step {

        @Override
        public void result(String result) {
            safely(() -> span.setAttribute(RESULT, result));
        }

        @Override
        public void failed(Throwable failure) {
            safely(() -> span.setAttribute(ERROR, failure.getClass().getName()).setStatus(StatusCode.ERROR));
        }

        @Override
        public void refused(String reason) {
            safely(() -> span.addEvent("cachedconnection.refused", Attributes.of(REASON, reason)));
        }

        @Override
        public void close() {
            safely(scope::close);
            safely(span::end);
        }
    }
}
