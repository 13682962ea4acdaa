package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.common.ResilientTask;
import io.cachedconnection.internal.config.ParsedConfig.TelemetrySettings;
import io.cachedconnection.internal.config.ParsedConfig.TelemetrySettings.Metrics;
import io.cachedconnection.internal.config.ParsedConfig.TelemetrySettings.Spans;
import io.cachedconnection.internal.engine.store.Tracing;
import io.cachedconnection.internal.message.TelemetryMessage;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.telemetry.MetricsExport;
import io.cachedconnection.internal.telemetry.MetricsSink;
import io.cachedconnection.internal.telemetry.jmx.JmxBeans;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Exports the numbers of one application: to at most one metrics library, and to JMX. */
final class Telemetry {

    private static final Logger LOG = System.getLogger("io.cachedconnection");
    private static final Duration PATIENCE = Duration.ofSeconds(2); // the maximum wait for a library at the start
    private static final Duration PERIOD = Duration.ofSeconds(10); // until JMX shows a cache that was opened later

    private final String application;
    private final @Nullable MetricsExport metrics;
    private final @Nullable JmxBeans jmx;

    private Telemetry(String application, @Nullable MetricsExport metrics, @Nullable JmxBeans jmx) {
        this.application = application;
        this.metrics = metrics;
        this.jmx = jmx;
    }

    /**
     * Starts to export the numbers of an application.
     *
     * @param operations the numbers
     * @param settings which exports are on
     * @param keyPrefix distinguishes applications without a name
     * @param libraries the metrics libraries that are present
     * @param clock looks for new caches
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the clock
    static Telemetry started(
            Operations operations,
            TelemetrySettings settings,
            String keyPrefix,
            Iterable<MetricsBeans> libraries,
            ScheduledExecutorService clock) {
        @Nullable MetricsSink sink = chosen(settings.metrics(), libraries);
        String name = nameOfApplication(keyPrefix);
        @Nullable JmxBeans jmx = settings.jmx() ? JmxBeans.registered(name, operations) : null;
        if (jmx != null) { // registration is slow for many caches, so the deployment does not wait for it
            clock.scheduleWithFixedDelay(new ResilientTask(jmx::refresh), 0, PERIOD.toNanos(), TimeUnit.NANOSECONDS);
        }
        String application = Objects.requireNonNullElse(jmx == null ? null : jmx.application(), name);
        return new Telemetry(
                application, sink == null ? null : MetricsExport.started(sink, application, operations), jmx);
    }

    /** Returns the name that tells the application apart in this JVM. */
    String application() {
        return application;
    }

    /** Returns the tracing of the application; no tracing without such a library. */
    static Tracing tracing(Spans spans, Iterable<MetricsBeans> libraries) {
        if (spans == Spans.NONE) {
            return Tracing.NONE;
        }
        List<MetricsBeans> all = new ArrayList<>();
        libraries.forEach(all::add);
        Supplier<Tracing> ask = () -> all.stream()
                .flatMap(library -> Stream.ofNullable(library.tracing(spans)))
                .findFirst()
                .orElse(Tracing.NONE);
        FutureTask<Tracing> asking = new FutureTask<>(ask::get);
        Thread thread = new Thread(
                asking, "cached-connection-traces"); // inherits the application's context from the calling thread
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        try {
            thread.start();
            return asking.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) { // some servers find a library's application by the thread
            try {
                return ask.get();
            } catch (RuntimeException | Error again) { // from a producer, for example; the metrics report it
                LOG.log(
                        Level.DEBUG,
                        () -> "There are no traces: " + again.getClass().getName());
            }
        } catch (TimeoutException | Error e) { // the library blocks; the start does not wait for it
            LOG.log(Level.DEBUG, () -> "There are no traces: " + e.getClass().getName());
        }
        thread.interrupt();
        return Tracing.NONE;
    }

    private static @Nullable MetricsSink chosen(Metrics wanted, Iterable<MetricsBeans> libraries) {
        Map<Metrics, MetricsBeans> found = new EnumMap<>(Metrics.class);
        if (wanted != Metrics.NONE) {
            libraries.forEach(library -> found.put(library.library(), library));
        }
        List<MetricsBeans> tried = Stream.of(Metrics.OPENTELEMETRY, Metrics.MICROMETER)
                .filter(library -> wanted == library || wanted == Metrics.AUTO)
                .flatMap(library -> Stream.ofNullable(found.get(library)))
                .toList();
        @Nullable MetricsSink sink = Stream.<Function<MetricsBeans, @Nullable MetricsSink>>of(
                        MetricsBeans::ofBean, MetricsBeans::withoutBean)
                .flatMap(way -> tried.stream().map(way))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (sink == null && (wanted == Metrics.OPENTELEMETRY || wanted == Metrics.MICROMETER)) {
            String type = wanted == Metrics.MICROMETER ? "MeterRegistry" : "OpenTelemetry";
            LOG.log(Level.WARNING, TelemetryMessage.METRICS_ABSENT.with(wanted, type));
        }
        return sink;
    }

    /** Returns the server's name for the application, or else its key prefix, which is unique in this Redis. */
    @SuppressWarnings("BanJNDI") // the name is a constant
    private static String nameOfApplication(String keyPrefix) {
        try {
            if (new InitialContext().lookup("java:app/AppName") instanceof String name && !name.isBlank()) {
                return name;
            }
        } catch (NamingException | RuntimeException | LinkageError e) {
            return named(keyPrefix); // not every container has JNDI
        }
        return named(keyPrefix);
    }

    private static String named(String keyPrefix) {
        return keyPrefix.isEmpty() ? "default" : keyPrefix;
    }

    /** Exports the last numbers and ends. Waits at most {@code most} for the metrics library. */
    void close(Duration most) {
        if (metrics != null) {
            metrics.close(most);
        }
        if (jmx != null) {
            jmx.close();
        }
    }
}
