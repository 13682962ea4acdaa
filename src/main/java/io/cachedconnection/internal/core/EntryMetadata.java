package io.cachedconnection.internal.core;

import java.time.Duration;

/**
 * What is known of a value when it is stored.
 *
 * @param life how long it is to live
 * @param cost how long it took to load; zero if that is unknown
 */
public record EntryMetadata(Duration life, Duration cost) {}
