package io.cachedconnection.internal.config;

import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configuration at the start of the application. With any problem the application must not start; wrong settings read as
 * not set.
 *
 * @param redis the connection settings of Redis
 * @param protocol the settings of the protocol
 * @param keyPrefix the namespace of the application; empty if it has none
 * @param caches the current settings of each known cache
 * @param entities how each cache handles JPA entities from now on, also one that was unknown
 * @param formats the format of each cache's values and keys from now on; may read the configuration for an unknown cache, and
 *     then throws an {@link IllegalArgumentException} with all problems
 * @param evictAll how a whole cache with stamps is evicted
 * @param console the settings of the console
 * @param telemetry the settings of metrics, traces and health
 * @param problems all problems, one line each, with ids; empty if all is well
 * @param warnings warnings, one line each, with ids
 */
public record ParsedConfig(
        RedisSettings redis,
        ProtocolSettings protocol,
        String keyPrefix,
        Map<String, CacheSettings> caches,
        Function<String, EntityPolicy> entities,
        Function<String, FormatSettings> formats,
        EvictAll evictAll,
        ConsoleSettings console,
        TelemetrySettings telemetry,
        List<String> problems,
        List<String> warnings) {

    /**
     * The settings of the console.
     *
     * @param enabled whether the console is on
     * @param role the role of the users who may use it; null for callers on the same machine only
     * @param values whether it shows values
     */
    public record ConsoleSettings(boolean enabled, @Nullable String role, boolean values) {}

    /** How a whole cache is evicted. */
    public enum EvictAll {
        /** By a new stamp of the cache: two round trips, regardless of the number of entries. */
        STAMP,
        /** By removing each entry, as long as older nodes without stamps share the cache. */
        SWEEP
    }

    /**
     * The settings of metrics, traces and health.
     *
     * @param metrics the library that gets the metrics
     * @param spans the work that has spans, if OpenTelemetry is present
     * @param jmx whether metrics are also shown by JMX
     * @param isHealthRequired whether the readiness check is DOWN while Redis fails
     */
    public record TelemetrySettings(Metrics metrics, Spans spans, boolean jmx, boolean isHealthRequired) {

        /** The work that has spans. */
        public enum Spans {
            /** No spans. */
            NONE,
            /** Loads, writes and their steps in Redis. A hit in Redis is an event on the caller's span. */
            LOADS,
            /** Also lookups answered by Redis. */
            ALL
        }

        /** The library that gets the metrics. */
        public enum Metrics {
            /** OpenTelemetry if there is such a bean, or else Micrometer if there is one. */
            AUTO,
            /** OpenTelemetry. */
            OPENTELEMETRY,
            /** Micrometer. */
            MICROMETER,
            /** None. */
            NONE
        }
    }
}
