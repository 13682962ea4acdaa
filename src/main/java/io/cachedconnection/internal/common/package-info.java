/** Helpers for every package: calls that do not throw, resilient tasks, throttles, random bytes. Uses no other package. */
@NullMarked
package io.cachedconnection.internal.common;

import org.jspecify.annotations.NullMarked;
