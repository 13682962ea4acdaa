package io.cachedconnection.internal.core;

import java.time.Duration;

/**
 * When a server that does not answer is left alone.
 *
 * @param failures so many in a row open the breaker, at least 1
 * @param openFor how long it is left alone before it is probed
 */
public record CircuitBreakerSettings(int failures, Duration openFor) {}
