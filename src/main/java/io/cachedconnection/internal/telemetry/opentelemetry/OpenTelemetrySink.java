package io.cachedconnection.internal.telemetry.opentelemetry;

import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.telemetry.Metric;
import io.cachedconnection.internal.telemetry.MetricsSink;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjDoubleConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Exports to OpenTelemetry with API 1.29, the version of the oldest supported server. Counts use observable instruments: the
 * SDK reads them on its own thread. Features of later versions are called by reflection.
 */
public final class OpenTelemetrySink implements MetricsSink {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    private final OpenTelemetry openTelemetry;
    private final List<AutoCloseable> instruments = new ArrayList<>();
    private final Map<Metric, DoubleHistogram> histograms = new HashMap<>();
    private volatile String application = ""; // before open
    private volatile @Nullable Operations operations; // null before open and after close

    /** Creates the sink of {@code openTelemetry}. */
    public OpenTelemetrySink(OpenTelemetry openTelemetry) {
        this.openTelemetry = openTelemetry;
    }

    /**
     * Creates the sink of the global OpenTelemetry that the Java agent or the application has set; null if there is none or it
     * cannot be known. From API 1.57 on, asking has no side effect. In earlier versions, asking before the application has set
     * its own makes the global instance a permanent no-op, so this method does not ask there.
     */
    public static @Nullable OpenTelemetrySink global() {
        try {
            Object global = GlobalOpenTelemetry.class.getMethod("getOrNoop").invoke(null);
            OpenTelemetry found = (OpenTelemetry) Objects.requireNonNull(global);
            return isNoop(found.getMeterProvider().get(Metric.SCOPE)) ? null : new OpenTelemetrySink(found);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "The OpenTelemetry API does not tell whether there is a global instance.", e);
            return null;
        }
    }

    @Override
    public String name() {
        return "OpenTelemetry";
    }

    @Override
    public boolean open(String application, Operations operations) {
        Meter meter = openTelemetry
                .getMeterProvider()
                .meterBuilder(Metric.SCOPE)
                .setInstrumentationVersion(Operations.version())
                .build();
        if (isNoop(meter)) {
            return false;
        }
        close(); // what an attempt has left that failed halfway
        instruments.clear();
        histograms.clear();
        this.application = application;
        this.operations = operations;
        for (Metric metric : Metric.TABLE) {
            if (metric.kind() == Metric.Kind.HISTOGRAM) {
                DoubleHistogramBuilder histogram = meter.histogramBuilder(metric.name())
                        .setUnit(metric.unit())
                        .setDescription(metric.description());
                advise(histogram, metric.bounds());
                histograms.put(metric, histogram.build());
            } else {
                instruments.add(observed(meter, metric));
            }
        }
        return true;
    }

    /** Tells whether the meter records nothing: a disabled SDK returns the same class as the API without an SDK. */
    private static boolean isNoop(Meter meter) {
        return Stream.of(MeterProvider.noop(), OpenTelemetry.noop().getMeterProvider())
                .anyMatch(noop -> noop.get(Metric.SCOPE).getClass() == meter.getClass());
    }

    /** Advises bucket bounds, from API 1.32 on. Before, the SDK's defaults apply unless the application has a view. */
    private static void advise(DoubleHistogramBuilder histogram, List<Double> bounds) {
        try {
            DoubleHistogramBuilder.class
                    .getMethod("setExplicitBucketBoundariesAdvice", List.class)
                    .invoke(histogram, bounds);
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.DEBUG, "The OpenTelemetry API takes no advice on the bounds of histograms.", e);
        }
    }

    private AutoCloseable observed(Meter meter, Metric metric) {
        Map<List<@Nullable String>, Attributes> known = new ConcurrentHashMap<>(); // bounded by caches times words
        return switch (metric.kind()) {
            case COUNTER ->
                meter.counterBuilder(metric.name())
                        .setUnit(metric.unit())
                        .setDescription(metric.description())
                        .buildWithCallback(into ->
                                read(metric, known, (attributes, value) -> into.record((long) value, attributes)));
            case UP_DOWN_COUNTER ->
                meter.upDownCounterBuilder(metric.name())
                        .setUnit(metric.unit())
                        .setDescription(metric.description())
                        .buildWithCallback(into ->
                                read(metric, known, (attributes, value) -> into.record((long) value, attributes)));
            case GAUGE ->
                meter.gaugeBuilder(metric.name())
                        .setUnit(metric.unit())
                        .setDescription(metric.description())
                        .buildWithCallback(
                                into -> read(metric, known, (attributes, value) -> into.record(value, attributes)));
            case HISTOGRAM -> throw new IllegalArgumentException(metric.name());
        };
    }

    /** Called by the SDK, to which no failure passes. */
    private void read(
            Metric metric, Map<List<@Nullable String>, Attributes> known, ObjDoubleConsumer<Attributes> into) {
        @Nullable Operations now = operations;
        if (now == null) {
            return;
        }
        try {
            double scale = metric.scale();
            metric.readNumbers(now, (value, attributes) -> {
                @Nullable Attributes found = known.get(attributes);
                if (found == null) {
                    found = attributes(metric, attributes);
                    known.put(attributes, found);
                }
                into.accept(found, value * scale);
            });
        } catch (RuntimeException | Error e) {
            LOG.log(Level.DEBUG, "A metric could not be read.", e);
        }
    }

    private Attributes attributes(Metric metric, List<@Nullable String> values) {
        AttributesBuilder attributes = Attributes.builder().put(Metric.APPLICATION, application);
        for (int i = 0; i < values.size(); i++) {
            String key = metric.keys().get(i);
            @Nullable String value = values.get(i);
            if (value != null && key.equals(Metric.PORT)) {
                attributes.put(AttributeKey.longKey(key), Long.valueOf(value));
            } else if (value != null) {
                attributes.put(AttributeKey.stringKey(key), value);
            }
        }
        return attributes.build();
    }

    /** Does nothing, because the SDK reads all points each time. */
    @Override
    public void refresh() {}

    @Override
    public Recorder recorder(Metric histogram, List<@Nullable String> attributes) {
        DoubleHistogram instrument = Objects.requireNonNull(histograms.get(histogram), histogram.name());
        Attributes found = attributes(histogram, attributes);
        return value -> instrument.record(value, found);
    }

    @Override
    public void close() {
        operations = null; // the SDK may keep this object, but not the application
        for (AutoCloseable instrument : instruments) {
            try {
                instrument.close();
            } catch (Exception e) {
                LOG.log(Level.DEBUG, "A metric could not be removed.", e);
            }
        }
    }
}
