package io.cachedconnection.internal.telemetry.micrometer;

import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.telemetry.Metric;
import io.cachedconnection.internal.telemetry.Metric.Kind;
import io.cachedconnection.internal.telemetry.MetricsSink;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Exports to Micrometer: the whole table, and Micrometer's own cache metrics for common dashboards. All meters of one name have
 * the same tags, as Prometheus requires; a missing attribute becomes the tag value {@code none}. The cache metrics have the tags
 * of other cache libraries, which may share the registry, so they do not name the application.
 */
public final class MicrometerSink implements MetricsSink {

    private static final String ABSENT = "none"; // Micrometer's convention
    private static final long FRESH = TimeUnit.SECONDS.toNanos(1); // so that one scrape reads each number once

    private final MeterRegistry registry;
    private final List<Metric> metrics = Stream.concat(Metric.OF_MICROMETER.stream(), Metric.TABLE.stream())
            .filter(metric -> metric.kind() != Kind.HISTOGRAM)
            .toList();
    private final Map<Point, Meter> meters = new HashMap<>(); // used by the metrics thread only
    private final List<Meter> histograms = new ArrayList<>(); // used by the metrics thread only
    private volatile Reading reading = new Reading(Map.of(), 0);
    private volatile String application = ""; // before open
    private volatile @Nullable Operations operations; // null before open and after close

    /** Creates the sink of {@code registry}. */
    public MicrometerSink(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Point(Metric metric, List<@Nullable String> attributes) {}

    private record Reading(Map<Point, Double> numbers, long time) {}

    @Override
    public String name() {
        return "Micrometer";
    }

    @Override
    public boolean open(String application, Operations operations) {
        this.application = application;
        this.operations = operations;
        return true;
    }

    @Override
    public void refresh() {
        List<Point> fresh = read().numbers().keySet().stream()
                .filter(point -> !meters.containsKey(point))
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        Map<Meter.Id, Meter> others =
                new HashMap<>(); // read once, because a registry copies and searches all its meters
        registry.getMeters().forEach(meter -> others.put(meter.getId(), meter));
        @Nullable RuntimeException refusal = null;
        for (Point point : fresh) {
            try {
                register(point, others);
            } catch (RuntimeException e) { // the tags of another meter of this name differ, for example
                refusal = e;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Registers a meter, unless one of {@code others} has its name and tags, such as that of another application's cache. */
    @SuppressWarnings("ReferenceEquality") // meters are equal if their names and tags are
    private void register(Point point, Map<Meter.Id, Meter> others) {
        Metric metric = point.metric();
        Tags tags = tags(metric, point.attributes());
        if (!others.containsKey(new Meter.Id(metric.name(), tags, null, null, Meter.Type.OTHER))) {
            Meter meter = registered(point, tags);
            if (others.get(meter.getId()) != meter) { // filters of the registry may change names and tags
                meters.put(point, meter);
            }
        }
    }

    private Reading read() {
        Map<Point, Double> numbers = new HashMap<>();
        @Nullable Operations now = operations;
        if (now != null) {
            for (Metric metric : metrics) {
                double scale = metric.scale();
                metric.readNumbers(
                        now, (value, attributes) -> numbers.put(new Point(metric, attributes), value * scale));
            }
        }
        reading = new Reading(numbers, System.nanoTime());
        return reading;
    }

    private Meter registered(Point point, Tags tags) {
        Metric metric = point.metric();
        return metric.kind() == Kind.COUNTER
                ? FunctionCounter.builder(metric.name(), this, sink -> sink.number(point, 0))
                        .description(metric.description())
                        .tags(tags)
                        .register(registry)
                : Gauge.builder(metric.name(), this, sink -> sink.number(point, Double.NaN))
                        .description(metric.description())
                        .baseUnit(metric.unit().equals("s") ? "seconds" : null)
                        .tags(tags)
                        .register(registry);
    }

    /** Called by the registry on any thread. */
    private double number(Point point, double absent) {
        Reading last = reading;
        Reading now = System.nanoTime() - last.time() < FRESH ? last : read();
        @Nullable Double number = now.numbers().get(point);
        return number == null ? absent : number;
    }

    private Tags tags(Metric metric, List<@Nullable String> values) {
        List<Tag> tags = new ArrayList<>();
        if (!Metric.OF_MICROMETER.contains(metric)) {
            tags.add(Tag.of(Metric.APPLICATION, application));
        }
        for (int i = 0; i < values.size(); i++) {
            @Nullable String value = values.get(i);
            tags.add(Tag.of(metric.keys().get(i), value == null ? ABSENT : value));
        }
        return Tags.of(tags);
    }

    @Override
    public Recorder recorder(Metric histogram, List<@Nullable String> attributes) {
        Tags tags = tags(histogram, attributes);
        if (histogram.unit().equals("s")) {
            Timer timer = Timer.builder(histogram.name())
                    .description(histogram.description())
                    .serviceLevelObjectives(histogram.bounds().stream()
                            .map(seconds -> Duration.ofNanos(Math.round(seconds / histogram.scale())))
                            .toArray(Duration[]::new))
                    .tags(tags)
                    .register(registry);
            histograms.add(timer);
            return seconds -> timer.record(Math.round(seconds / histogram.scale()), TimeUnit.NANOSECONDS);
        }
        DistributionSummary summary = DistributionSummary.builder(histogram.name())
                .description(histogram.description())
                .baseUnit("bytes")
                .serviceLevelObjectives(histogram.bounds().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .tags(tags)
                .register(registry);
        histograms.add(summary);
        return summary::record;
    }

    @Override
    public void close() {
        operations = null; // the registry may keep this object, but not the application
        meters.values().forEach(registry::remove);
        histograms.forEach(registry::remove);
        read();
    }
}
