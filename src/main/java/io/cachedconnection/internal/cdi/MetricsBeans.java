package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.config.ParsedConfig.TelemetrySettings.Metrics;
import io.cachedconnection.internal.config.ParsedConfig.TelemetrySettings.Spans;
import io.cachedconnection.internal.engine.store.Tracing;
import io.cachedconnection.internal.message.TelemetryMessage;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.telemetry.MetricsSink;
import io.cachedconnection.internal.telemetry.micrometer.MicrometerSink;
import io.cachedconnection.internal.telemetry.opentelemetry.OpenTelemetrySink;
import io.cachedconnection.internal.telemetry.opentelemetry.OpenTelemetryTracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the bean of one metrics library. It exists only if the library is present. */
abstract class MetricsBeans {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    /** Returns the library. */
    abstract Metrics library();

    /** Returns the type of the library's bean. */
    abstract Class<?> type();

    /** Returns a sink for the library's bean; null if no bean is available. */
    abstract @Nullable MetricsSink ofBean();

    /** Returns a sink for a library without a bean; null if the library is absent. */
    @Nullable MetricsSink withoutBean() {
        return null;
    }

    /** Returns tracing by the library; null if it cannot trace. */
    @Nullable Tracing tracing(Spans spans) {
        return null;
    }

    <T> @Nullable MetricsSink of(Instance<T> beans, Function<T, MetricsSink> sink) {
        try {
            if (beans.isAmbiguous()) {
                LOG.log(Level.WARNING, TelemetryMessage.METRICS_AMBIGUOUS.with(type().getName()));
                return null;
            }
            return beans.isUnsatisfied() ? null : sink.apply(beans.get());
        } catch (RuntimeException | LinkageError e) { // from a producer, for example
            LOG.log(
                    Level.WARNING,
                    TelemetryMessage.METRICS_FAILED.with(
                            type().getSimpleName(), e.getClass().getName()));
            return null;
        }
    }

    /** Finds OpenTelemetry. */
    @Dependent
    static class OfOpenTelemetry extends MetricsBeans {

        @Inject
        Instance<OpenTelemetry> beans;

        @Override
        Metrics library() {
            return Metrics.OPENTELEMETRY;
        }

        @Override
        Class<?> type() {
            return OpenTelemetry.class;
        }

        @Override
        @Nullable MetricsSink ofBean() {
            return of(beans, OpenTelemetrySink::new);
        }

        @Override
        @Nullable Tracing tracing(Spans spans) {
            return beans.isResolvable()
                    ? OpenTelemetryTracing.of(beans.get(), spans == Spans.ALL, Operations.version())
                    : null;
        }

        @Override
        @Nullable MetricsSink withoutBean() {
            return OpenTelemetrySink.global();
        }
    }

    /** Finds Micrometer. */
    @Dependent
    static class OfMicrometer extends MetricsBeans {

        @Inject
        Instance<MeterRegistry> beans;

        @Override
        Metrics library() {
            return Metrics.MICROMETER;
        }

        @Override
        Class<?> type() {
            return MeterRegistry.class;
        }

        @Override
        @Nullable MetricsSink ofBean() {
            return of(beans, MicrometerSink::new);
        }
    }
}
