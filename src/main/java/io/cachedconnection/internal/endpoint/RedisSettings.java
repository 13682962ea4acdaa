package io.cachedconnection.internal.endpoint;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The validated settings of the connection to Redis.
 *
 * @param place the address
 * @param access the setup of a new connection
 * @param pool the connection pool of each server
 * @param breaker the circuit breaker of each server
 */
public record RedisSettings(
        Endpoint place, ConnectionSettings access, PoolSettings pool, CircuitBreakerSettings breaker) {

    /** Returns the readable address. */
    public String address() {
        return place.text();
    }

    /** Contains only the address, not the credentials. */
    @Override
    public String toString() {
        return "RedisSettings[" + address() + "]";
    }

    /**
     * The connection pool and the timeouts of one server.
     *
     * @param timeout limit for one call of a lookup, including the wait for a connection; writes bring their own budget
     * @param connectTimeout limit for opening a connection, which happens apart from the calls
     * @param max the largest number of connections, at least 1; callers share them
     */
    public record PoolSettings(Duration timeout, Duration connectTimeout, int max) {}

    /**
     * The setup of a new connection.
     *
     * @param login supplies the credentials
     * @param encryption null for unencrypted connections
     * @param database the number of the database, from 0
     * @param clientName the name of the connections in Redis' client list; null for none
     */
    public record ConnectionSettings(
            Login login,
            @Nullable TlsUpgrade encryption,
            int database,
            @Nullable String clientName) {}

    /**
     * The settings of the circuit breaker.
     *
     * @param failures the number of consecutive failures that opens the breaker, at least 1
     * @param openFor how long it stays open before a probe
     */
    public record CircuitBreakerSettings(int failures, Duration openFor) {}
}
