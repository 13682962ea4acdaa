/** Replaces Redis with {@code redis.uri=memory:}: the whole protocol in the memory of one JVM. */
@NullMarked
package io.cachedconnection.internal.memory;

import org.jspecify.annotations.NullMarked;
