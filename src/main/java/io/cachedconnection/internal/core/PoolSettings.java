package io.cachedconnection.internal.core;

import java.time.Duration;

/**
 * The connections to one server, and how long things may take there.
 *
 * @param timeout how long one call of a lookup may take, the wait for a connection included; writes bring their own time
 * @param connectTimeout how long making a connection may take, which happens apart from the calls
 * @param max the most connections at a time, at least 1; callers share them
 */
public record PoolSettings(Duration timeout, Duration connectTimeout, int max) {}
