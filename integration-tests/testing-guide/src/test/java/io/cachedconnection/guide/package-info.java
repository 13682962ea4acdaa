/** The examples of docs/how-to/test-without-redis.md. */
@NullMarked
package io.cachedconnection.guide;

import org.jspecify.annotations.NullMarked;
