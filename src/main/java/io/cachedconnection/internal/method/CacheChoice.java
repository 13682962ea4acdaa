package io.cachedconnection.internal.method;

import io.cachedconnection.internal.core.KeySpace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which cache keeps the answers, and how long if the annotation says. */
record CacheChoice(KeySpace space, @Nullable Duration ttl) {}
