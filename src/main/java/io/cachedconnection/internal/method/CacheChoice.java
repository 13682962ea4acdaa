package io.cachedconnection.internal.method;

import io.cachedconnection.internal.core.KeySpace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which cache keeps the answers, and how long if the annotation says.
 *
 * @param sharesEntries whether other lookups of the cache may answer with these entries
 */
record CacheChoice(KeySpace space, @Nullable Duration ttl, boolean sharesEntries) {}
