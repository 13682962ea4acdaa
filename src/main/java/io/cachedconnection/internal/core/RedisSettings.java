package io.cachedconnection.internal.core;

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
}
