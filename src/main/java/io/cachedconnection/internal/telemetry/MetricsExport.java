package io.cachedconnection.internal.telemetry;

import io.cachedconnection.internal.common.Histogram;
import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.message.TelemetryMessage;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.telemetry.MetricsSink.Recorder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Exports the metrics of one application to a metrics library. Lookups only count. A dedicated thread calls the library, so a
 * library that throws, is slow or blocks affects only the metrics. A library that refuses that thread is opened once more by the
 * thread that starts the application. The library reads counts on its own schedule. Histograms are
 * replayed to it every ten seconds: the mean of each bucket, as often as its count has grown, so that counts and sums are
 * right.
 */
public final class MetricsExport {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    /** The interval between two replays of the histograms. */
    static final Duration PERIOD = Duration.ofSeconds(10);

    private static final Duration LAST_ROUND = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(2); // of the application's start, with the library

    private final MetricsSink sink;
    private final String application;
    private final Operations operations;
    private final Duration period;
    private final Map<Series, Replay> replays = new HashMap<>(); // used by this thread only, like the next field
    private boolean hasFailed;
    private final CompletableFuture<Boolean> opened = new CompletableFuture<>(); // on the dedicated thread
    private final CompletableFuture<Boolean> openedByStarter = new CompletableFuture<>(); // if that failed
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    private MetricsExport(MetricsSink sink, String application, Operations operations, Duration period) {
        this.sink = sink;
        this.application = application;
        this.operations = operations;
        this.period = period;
        thread = new Thread(this::run, "cached-connection-metrics"); // inherits the server's context of the application
        thread.setDaemon(true);
        thread.setContextClassLoader(MetricsExport.class.getClassLoader());
    }

    /** Starts to export the metrics of {@code operations}, those of {@code application}, to {@code sink}. */
    public static MetricsExport started(MetricsSink sink, String application, Operations operations) {
        return started(sink, application, operations, PERIOD);
    }

    /** Starts to export with this interval for histograms. */
    public static MetricsExport started(MetricsSink sink, String application, Operations operations, Duration period) {
        MetricsExport export = new MetricsExport(sink, application, operations, period);
        export.thread.start();
        export.helpToOpen();
        return export;
    }

    /**
     * Opens the library on the calling thread if it refuses the dedicated one: some servers find the application by its thread.
     */
    private void helpToOpen() {
        try {
            openedByStarter.complete(opened.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            try {
                openedByStarter.complete(sink.open(application, operations));
            } catch (RuntimeException | Error again) {
                openedByStarter.completeExceptionally(again);
            }
        } catch (TimeoutException e) { // the start does not wait for a slow library, which may open later
            openedByStarter.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            openedByStarter.completeExceptionally(e);
        }
    }

    private boolean isOpen() throws InterruptedException {
        try {
            opened.complete(sink.open(application, operations));
            return opened.join();
        } catch (RuntimeException | Error e) {
            opened.completeExceptionally(e);
            try {
                return openedByStarter.get(); // false for a disabled library, which is no failure
            } catch (ExecutionException neither) {
                safely(() -> {
                    throw e;
                });
                return false;
            }
        }
    }

    private void run() {
        try {
            if (isOpen()) {
                replay();
                while (!end.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
                    replay();
                }
                replay();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the application does not wait any longer
        } finally {
            safely(sink::close);
        }
    }

    /** Brings the library up to date. What it refuses of one metric is not in the way of the others. */
    private void replay() {
        safely(sink::refresh);
        for (Metric metric : Metric.TABLE) {
            if (metric.kind() == Metric.Kind.HISTOGRAM) {
                safely(() -> metric.readHistograms(operations, (values, attributes) -> {
                    if (values.count() > 0) { // an empty histogram is not shown
                        replays.computeIfAbsent(new Series(metric, attributes), Replay::new)
                                .upTo(values);
                    }
                }));
            }
        }
    }

    /** Runs {@code call}. If the library throws, this is logged once. */
    private void safely(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) { // the library may have another version than it declares
            if (!hasFailed) {
                hasFailed = true;
                SafeCalls.or(false, () -> {
                    LOG.log(
                            Level.WARNING,
                            TelemetryMessage.METRICS_FAILED.with(
                                    sink.name(), e.getClass().getName()));
                    return true;
                });
            }
        }
    }

    /**
     * Exports the last numbers, waits at most half a second for the library, and releases it.
     *
     * @param most the available time
     */
    public void close(Duration most) {
        end.countDown();
        try {
            long patience = Math.min(LAST_ROUND.toMillis(), most.toMillis());
            if (patience > 0) { // join(0) would wait for ever
                thread.join(patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private record Series(Metric metric, List<@Nullable String> attributes) {}

    /** The values of one histogram that the library has received so far. */
    private final class Replay {

        private final Recorder recorder;
        private final double scale;
        private long[] counts = {};
        private long[] sums = {};

        Replay(Series series) {
            recorder = sink.recorder(series.metric(), series.attributes());
            scale = series.metric().scale();
        }

        private boolean isLess(long[] now) {
            for (int i = 0; i < now.length; i++) {
                if (now[i] < counts[i]) {
                    return true;
                }
            }
            return false;
        }

        /**
         * Counts may be ahead of sums, so a mean is kept within its bucket; the next replay corrects the sum.
         */
        void upTo(Histogram.Snapshot values) {
            int buckets = values.counts().length;
            counts = Arrays.copyOf(counts, buckets);
            sums = Arrays.copyOf(sums, buckets);
            if (isLess(values.counts())) { // a server has left and returned
                counts = new long[buckets];
                sums = new long[buckets];
            }
            for (int i = 0; i < buckets; i++) {
                long grown = values.counts()[i] - counts[i];
                if (grown > 0) {
                    long least = i == 0 ? 0 : values.bounds()[i - 1] + 1;
                    long most = i == buckets - 1 ? Long.MAX_VALUE : values.bounds()[i];
                    long mean = Math.min(most, Math.max(least, (values.sums()[i] - sums[i]) / grown));
                    counts[i] += grown;
                    sums[i] += grown * mean;
                    for (long n = 0; n < grown; n++) {
                        recorder.record(mean * scale);
                    }
                }
            }
        }
    }
}
