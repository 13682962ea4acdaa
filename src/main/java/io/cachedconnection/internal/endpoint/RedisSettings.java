package io.cachedconnection.internal.endpoint;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Redis, as configured and checked at start.
 *
 * @param place where it is
 * @param access how a connection becomes ours
 * @param pool the connections to each server
 * @param breaker when a server is left alone
 */
public record RedisSettings(
        Endpoint place, ConnectionSettings access, PoolSettings pool, CircuitBreakerSettings breaker) {

    /** Where it is, for people. */
    public String address() {
        return place.text();
    }

    /** Names the endpoint only, and not who logs in. */
    @Override
    public String toString() {
        return "RedisSettings[" + address() + "]";
    }

    /**
     * The connections to one server, and how long things may take there.
     *
     * @param timeout how long one call of a lookup may take, the wait for a connection included; writes bring their own time
     * @param connectTimeout how long making a connection may take, which happens apart from the calls
     * @param max the most connections at a time, at least 1; callers share them
     */
    public record PoolSettings(Duration timeout, Duration connectTimeout, int max) {}

    /**
     * How a connection to Redis becomes ours.
     *
     * @param login who logs in
     * @param encryption null for connections in the clear
     * @param database its number, from 0
     * @param clientName what Redis is to call our connections in its lists; null for nothing
     */
    public record ConnectionSettings(
            Login login,
            @Nullable TlsUpgrade encryption,
            int database,
            @Nullable String clientName) {}

    /**
     * When a server that does not answer is left alone.
     *
     * @param failures so many in a row open the breaker, at least 1
     * @param openFor how long it is left alone before it is probed
     */
    public record CircuitBreakerSettings(int failures, Duration openFor) {}
}
