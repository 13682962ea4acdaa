package io.cachedconnection.internal.core;

import java.time.Duration;

/**
 * What a loader asks for before it loads: to be the one that fills.
 *
 * @param token names this load and no other
 * @param settle how old what it reads may be: after an eviction younger than this it may not fill; zero if it reads what
 *     is committed
 * @param lease how long it may take
 */
public record LeaseRequest(String token, Duration settle, Duration lease) {}
