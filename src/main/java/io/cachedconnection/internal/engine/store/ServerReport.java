package io.cachedconnection.internal.engine.store;

import io.cachedconnection.internal.common.Histogram;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one Redis server: its work for this node, and its connections. Contains no login.
 *
 * @param address its host; the path of a Unix socket; or the Sentinels and the name of their master
 * @param port its port; 0 if the address is complete without one
 * @param database the number of the database, from 0
 * @param leftAloneFor for how long the circuit breaker of lookups has been open; null while it is closed
 * @param takesWrites whether the circuit breaker of writes is closed
 * @param openings how often the circuit breaker of lookups has opened
 * @param operations the durations of operations, by kind and result
 * @param pools the connection pools, one for lookups and one for writes
 */
public record ServerReport(
        String address,
        int port,
        int database,
        @Nullable Duration leftAloneFor,
        boolean takesWrites,
        long openings,
        Map<Call, Histogram.Snapshot> operations,
        List<Pool> pools) {

    /**
     * An operation, named by the semantic conventions for database clients.
     *
     * @param name the Redis command, {@code PIPELINE} for several
     * @param procedure the step of the protocol, if the command runs a script; null for other commands
     */
    public record Operation(String name, @Nullable String procedure) {}

    /**
     * Operations of one kind with one result.
     *
     * @param operation the kind of operation
     * @param error the kind of failure, in lower case; null for success
     */
    public record Call(Operation operation, @Nullable String error) {}

    /**
     * The connection pool for one purpose.
     *
     * @param name {@code lookups} or {@code writes}
     * @param used how many connections are in use
     * @param idle how many connections are idle
     * @param max the maximum number of connections
     * @param pending how many callers wait for a connection
     * @param timeouts how many callers have waited without success
     */
    public record Pool(String name, int used, int idle, int max, int pending, long timeouts) {}
}
