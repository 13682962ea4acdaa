package io.cachedconnection.internal.telemetry;

import io.cachedconnection.internal.operations.Operations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metrics library that receives the metrics of one application. One thread calls all methods. They may block or throw without
 * an effect on lookups.
 */
public interface MetricsSink {

    /** Returns the name for log lines. */
    String name();

    /**
     * Starts to show the counts of {@code operations}, with the name of the application as {@link Metric#APPLICATION}. Returns
     * false if the library records nothing, so that the export can end.
     */
    boolean open(String application, Operations operations);

    /**
     * Adds new series: at first all, later those of a cache that was opened meanwhile. If the library refuses some, adds the
     * others and then throws.
     */
    void refresh();

    /**
     * Returns the recorder of a histogram with these attributes, in the order of {@link Metric#keys()}. Called once for each
     * combination.
     */
    Recorder recorder(Metric histogram, List<@Nullable String> attributes);

    /** Removes all metrics and releases the application. */
    void close();

    /** Records values in the unit of the metric. */
    @FunctionalInterface
    interface Recorder {
        /** Records one value. */
        void record(double value);
    }
}
