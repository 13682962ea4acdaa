package io.cachedconnection.internal.message;

/** Messages about metrics, traces and health; ids CC-046n. */
public enum TelemetryMessage implements Message {
    METRICS_ABSENT("CC-0460 telemetry.metrics is %s, but the application has no bean of the type %s, so these metrics"
            + " are not recorded. Add the metrics library to the application or the server, or set telemetry.metrics"
            + " to AUTO."),
    METRICS_FAILED(
            "CC-0461 The metrics library %s failed with %s. Lookups are not affected; some metrics may be missing."
                    + " Further failures are not reported."),
    METRICS_AMBIGUOUS(
            "CC-0462 The application has several beans of the type %s, so none of them gets the metrics. Keep one, or"
                    + " make one an alternative."),
    JMX_REFUSED(
            "CC-0463 The MBean server refused %s with %s, so JMX does not show it. Lookups are not affected. Further"
                    + " refusals are not reported.");

    private final String entry;

    TelemetryMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
