package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/**
 * What a lookup found.
 *
 * @param value the value; null is an answer, too: there is no such thing
 * @param source where it came from
 */
public record Answer<V>(@Nullable V value, Source source) {}
